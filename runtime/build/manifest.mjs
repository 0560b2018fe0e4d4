// Writes runtime/manifest.json: what the artefacts are, what they were made from and with.
//
//     SOURCES=… TOOLCHAIN=… node manifest.mjs CHROOT HASH_SEED

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { components, installedVersion } from './components.mjs';

const RUNTIME = new URL('../', import.meta.url);
const ARTEFACTS = [
  { name: 'python.wasm', about: 'CPython and the C libraries, without data' },
  { name: 'python.img', about: 'the memory of the started interpreter' },
  { name: 'python314.zip', about: 'the standard library and tzdata' },
];

const [chroot, hashSeed] = process.argv.slice(2);
const inputs = components(chroot, process.env.SOURCES ?? '');
const python = inputs[0].version;

/** @param {string} artefact */
function licences(artefact) {
  const isArchive = artefact.endsWith('.zip');
  const parts = inputs.filter(({ name }) =>
    isArchive ? /^(CPython|tzdata)/u.test(name) : !/^(tzdata|@)/u.test(name),
  );
  return [...new Set(parts.flatMap(({ licence }) => licence.split(' AND ')))].join(' AND ');
}

const manifest = {
  python,
  hashSeed: Number(hashSeed),
  artefacts: ARTEFACTS.map(({ name, about }) => {
    const bytes = fs.readFileSync(new URL(name, RUNTIME));
    return {
      name,
      version: python,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
      licence: licences(name),
      origin: `runtime/build: ${about}`,
    };
  }),
  inputs: inputs.map((input) => ({ ...input, notice: undefined })),
  toolchain: (process.env.TOOLCHAIN ?? '')
    .trim()
    .split(/\s+/u)
    .map((name) => ({ package: name, version: installedVersion(chroot, name) })),
};

fs.writeFileSync(new URL('manifest.json', RUNTIME), `${JSON.stringify(manifest, undefined, 2)}\n`);
