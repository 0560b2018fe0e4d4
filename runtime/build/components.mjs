// What the artefacts are made of. The manifest and the notices are both written from this one list.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const SHIM = '@bjorn3/browser_wasi_shim';
const PROJECT = new URL('../../', import.meta.url);

/**
 * @typedef {object} Component
 * @property {string} name
 * @property {string} version
 * @property {string} licence an SPDX expression
 * @property {string} origin an upstream URL, a Debian package or the component that it comes in
 * @property {string} [sha256] of the archive or package that it was taken from
 * @property {string} [integrity] of an npm package, instead
 * @property {string} [debianVersion]
 * @property {string} notice the licence's text
 */

/** Licences of what comes as a source archive, and where the text is in it. */
const ARCHIVES = new Map([
  ['CPython', { licence: 'PSF-2.0', home: 'https://www.python.org/', notice: cpythonNotice }],
  ['zlib', { licence: 'Zlib', home: 'https://zlib.net/', notice: textOf('LICENSE') }],
  [
    'bzip2',
    { licence: 'bzip2-1.0.6', home: 'https://sourceware.org/bzip2/', notice: textOf('LICENSE') },
  ],
  ['liblzma', { licence: '0BSD', home: 'https://tukaani.org/xz/', notice: textOf('COPYING.0BSD') }],
  [
    'zstd',
    {
      licence: 'BSD-3-Clause',
      home: 'https://facebook.github.io/zstd/',
      notice: textOf('LICENSE'),
    },
  ],
  ['SQLite', { licence: 'blessing', home: 'https://sqlite.org/', notice: blessing }],
]);

/** What is linked in or packed from Debian's binary packages. */
const PACKAGES = [
  {
    name: 'wasi-libc',
    package: 'wasi-libc',
    licence: 'CC0-1.0 AND MIT AND BSD-2-Clause',
    common: ['CC0-1.0'],
    preface: 'With musl, dlmalloc and cloudlibc, which it contains. dlmalloc is CC0-1.0, too.',
  },
  {
    name: 'compiler-rt',
    package: 'libclang-rt-22-dev-wasm32',
    licence: 'Apache-2.0 WITH LLVM-exception',
    common: ['Apache-2.0'],
    preface: '',
  },
  {
    name: 'tzdata',
    package: 'tzdata',
    licence: 'LicenseRef-public-domain',
    common: [],
    preface: '',
  },
  {
    name: 'tzdata-legacy',
    package: 'tzdata-legacy',
    licence: 'LicenseRef-public-domain',
    common: [],
    preface: '',
  },
];

/**
 * @param {string} chroot where the recipe worked
 * @param {string} sources the table of settings.sh
 * @returns {Component[]}
 */
export function components(chroot, sources) {
  const folder = path.join(chroot, 'build/src');
  const archives = sources
    .trim()
    .split('\n')
    .map((line) => archive(folder, line.split(/\s+/)));
  const bundled = inCPython(path.join(folder, 'CPython'), archives[0]);
  return [...archives, ...bundled, ...PACKAGES.map((entry) => debian(chroot, entry)), shim()];
}

/**
 * @param {string} folder
 * @param {string[]} columns
 * @returns {Component}
 */
function archive(folder, [name, version, sha256, file, pool, upstream]) {
  const about = ARCHIVES.get(name);
  if (about === undefined) throw new Error(`${name}: no licence is known`);
  return {
    name,
    version,
    sha256,
    licence: about.licence,
    origin: upstream === '-' ? `Debian source package: pool/main/${pool}/${file}` : upstream,
    notice: `${about.home}\n\n${about.notice(path.join(folder, name))}`,
  };
}

/**
 * @param {string} cpython
 * @param {Component} parent
 * @returns {Component[]}
 */
function inCPython(cpython, parent) {
  const read = (/** @type {string} */ file) => fs.readFileSync(path.join(cpython, file), 'utf8');
  const expat = read('Modules/expat/expat.h');
  const part = (/** @type {string} */ word) =>
    find(expat, new RegExp(`XML_${word}_VERSION (\\d+)`, 'u'));
  const common = { origin: `part of CPython ${parent.version}`, sha256: parent.sha256 };
  return [
    {
      ...common,
      name: 'HACL*',
      version: find(read('Modules/_hacl/refresh.sh'), /expected_hacl_star_rev=([0-9a-f]+)/u),
      licence: 'MIT',
      notice: firstComment(read('Modules/_hacl/Hacl_Hash_SHA2.c')),
    },
    {
      ...common,
      name: 'expat',
      version: ['MAJOR', 'MINOR', 'MICRO'].map(part).join('.'),
      licence: 'MIT',
      notice: read('Modules/expat/COPYING'),
    },
    {
      ...common,
      name: 'mpdecimal',
      version: find(read('Modules/_decimal/libmpdec/mpdecimal.h'), /MPD_VERSION "([\d.]+)"/u),
      licence: 'BSD-2-Clause',
      notice: firstComment(read('Modules/_decimal/libmpdec/mpdecimal.h')),
    },
  ];
}

/**
 * @param {string} chroot
 * @param {typeof PACKAGES[number]} entry
 * @returns {Component}
 */
function debian(chroot, entry) {
  const about = execFileSync(
    'chroot',
    [chroot, 'apt-cache', 'show', '--no-all-versions', entry.package],
    { encoding: 'utf8' },
  );
  const version = installedVersion(chroot, entry.package);
  const read = (/** @type {string} */ file) => fs.readFileSync(path.join(chroot, file), 'utf8');
  const texts = [
    entry.preface,
    read(`usr/share/doc/${entry.package}/copyright`),
    ...entry.common.map((name) => read(`usr/share/common-licenses/${name}`)),
  ];
  return {
    name: entry.name,
    version: version.replace(/^\d+:/u, '').replace(/-[^-]*$/u, ''),
    debianVersion: version,
    sha256: find(about, /^SHA256: ([0-9a-f]+)$/mu),
    licence: entry.licence,
    origin: `Debian package ${entry.package}`,
    notice: texts.filter((text) => text !== '').join('\n\n'),
  };
}

/** @returns {Component} */
function shim() {
  const read = (/** @type {string} */ file) => fs.readFileSync(new URL(file, PROJECT), 'utf8');
  const lock = JSON.parse(read('package-lock.json')).packages[`node_modules/${SHIM}`];
  return {
    name: SHIM,
    version: lock.version,
    integrity: lock.integrity,
    licence: 'MIT OR Apache-2.0',
    origin: `npm package ${SHIM}`,
    notice: `Used under the MIT licence.\n\n${read(`node_modules/${SHIM}/LICENSE-MIT`)}`,
  };
}

/**
 * @param {string} chroot
 * @param {string} name of a Debian package
 */
export function installedVersion(chroot, name) {
  return execFileSync('chroot', [chroot, 'dpkg-query', '-W', '-f', '${Version}', name], {
    encoding: 'utf8',
  });
}

/** @param {string} folder */
function cpythonNotice(folder) {
  const patches = fs
    .readdirSync(new URL('patches/', import.meta.url))
    .filter((name) => name.endsWith('.patch'))
    .sort()
    .map((name) => {
      const text = fs.readFileSync(new URL(`patches/${name}`, import.meta.url), 'utf8');
      return `- ${name}: ${text.slice(0, text.indexOf('\n\n')).replaceAll('\n', ' ')}`;
    });
  const acknowledgements = fs.readFileSync(path.join(folder, 'Doc/license.rst'), 'utf8');
  return [
    'Changed for this project (runtime/build/patches of the project has every change):\n',
    ...patches,
    '- The front end, in runtime/build/frontend, takes the place of Programs/python.c.',
    '- Left out of the library: what needs a terminal, a screen, processes or OpenSSL, and the tests.\n',
    fs.readFileSync(path.join(folder, 'LICENSE'), 'utf8'),
    acknowledgements.slice(acknowledgements.indexOf('Licenses and Acknowledgements for')),
  ].join('\n');
}

/** @param {string} folder */
function blessing(folder) {
  return firstComment(fs.readFileSync(path.join(folder, 'src/main.c'), 'utf8'));
}

/** @param {string} file */
function textOf(file) {
  return (/** @type {string} */ folder) => fs.readFileSync(path.join(folder, file), 'utf8');
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 */
function find(text, pattern) {
  const match = pattern.exec(text);
  if (match === null) throw new Error(`nothing matches ${pattern}`);
  return match[1];
}

/** @param {string} source of C */
function firstComment(source) {
  return find(source, /\/\*(.*?)\*\//su)
    .split('\n')
    .map((line) => line.replace(/^ ?\*\*? ?/u, '').trimEnd())
    .join('\n')
    .trim();
}
