import { rmSync, statSync } from 'node:fs';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { unpackVsix } from './rig/unpackVsix.mjs';
import { ensureVsix } from './rig/vsix.mjs';

const MEBIBYTE = 1024 * 1024;

describe('the packaged extension', () => {
  let vsix = '';
  let folder = '';

  before(async function () {
    this.timeout(120_000);
    vsix = await ensureVsix();
    folder = await mkdtemp(path.join(tmpdir(), 'vsix-'));
    await unpackVsix(vsix, folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('holds only what runs, and what tells about it', async () => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
    expect(files.map((file) => file.replaceAll('\\', '/')).sort()).to.deep.equal([
      'LICENSE.txt',
      'changelog.md',
      'dist/attacks.json',
      'dist/desktop.cjs',
      'dist/web.js',
      'dist/webWorker.js',
      'dist/worker.cjs',
      'media/icon.png',
      'package.json',
      'package.nls.json',
      'readme.md',
      'runtime/THIRD_PARTY_NOTICES.txt',
      'runtime/manifest.json',
      'runtime/python.img',
      'runtime/python.wasm',
      'runtime/python314.zip',
    ]);
  });

  it('is at most 11 MB', () => {
    expect(statSync(vsix).size).to.be.at.most(11 * MEBIBYTE);
  });
});
