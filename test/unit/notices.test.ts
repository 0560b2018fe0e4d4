import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import manifest from '../../runtime/manifest.json';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

describe('THIRD_PARTY_NOTICES', () => {
  let notices = '';
  before(async () => {
    notices = await readFile(path.join(root, 'runtime/THIRD_PARTY_NOTICES.txt'), 'utf8');
  });

  /** The text under a component's heading, up to the next. */
  const section = (name: string): string => {
    const start = notices.indexOf(`\n## ${name} `);
    const end = notices.indexOf('\n## ', start + 1);
    return start < 0 ? '' : notices.slice(start, end < 0 ? undefined : end);
  };

  it('has a licence text for every input of the manifest', () => {
    expect(manifest.inputs.length).to.be.greaterThan(5);
    for (const { name, version } of manifest.inputs) {
      expect(notices, name).to.include(`\n## ${name} ${version}`);
      expect(section(name).length, name).to.be.greaterThan(300);
    }
  });

  const phrases: Record<string, RegExp> = {
    CPython: /PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2/,
    'HACL\\*': /MIT License|Apache License/i,
    expat: /Permission is hereby granted/i,
    mpdecimal: /Redistribution and use/i,
    zlib: /Jean-loup Gailly/i,
    bzip2: /Julian R Seward/i,
    liblzma: /0BSD|public domain/i,
    zstd: /Redistribution and use|BSD/i,
    SQLite: /blessing/i,
    'wasi-libc': /Apache License|MIT/i,
    'compiler-rt': /LLVM Exception/i,
    tzdata: /public domain/i,
    '@bjorn3/browser_wasi_shim': /MIT|Apache/i,
  };
  for (const [name, phrase] of Object.entries(phrases)) {
    it(`names ${name.replace('\\', '')} and its licence`, () => {
      expect(notices).to.match(new RegExp(`^## ${name}\\b|^## ${name} `, 'm'));
      expect(section(name.replace('\\', ''))).to.match(phrase);
    });
  }

  it('names what wasi-libc contains', () => {
    for (const part of ['musl', 'dlmalloc', 'cloudlibc']) {
      expect(section('wasi-libc').toLowerCase(), part).to.include(part);
    }
  });

  it('summarises what was changed in CPython, as its licence asks', () => {
    expect(section('CPython')).to.match(/changes/i);
  });
});
