import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { build, type Metafile } from 'esbuild';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What an entry point's bundle is made of, by the bundler's own account. */
async function bundleOf(entry: string, platform: 'node' | 'browser'): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform,
    format: 'esm',
    external: ['vscode'],
    logLevel: 'silent',
  });
  return metafile;
}

const inputs = (metafile: Metafile): string[] => Object.keys(metafile.inputs);
const externals = (metafile: Metafile): string[] =>
  Object.values(metafile.outputs)
    .flatMap((output) => output.imports)
    .filter((imported) => imported.external)
    .map((imported) => imported.path)
    .filter((name, index, all) => all.indexOf(name) === index);
const within = (...folders: readonly string[]) =>
  new RegExp(`^(${folders.map((folder) => folder.replaceAll('/', '\\/')).join('|')})`);
const SHIM = 'node_modules/@bjorn3/browser_wasi_shim/';

describe('the bundles hold only what their side may have', () => {
  for (const [entry, platform] of [
    ['src/hosts/desktop/worker.ts', 'node'],
    ['src/hosts/web/worker.ts', 'browser'],
  ] as const) {
    it(`the worker ${entry}: guest, protocol, common and the shim`, async () => {
      const metafile = await bundleOf(entry, platform);
      for (const input of inputs(metafile)) {
        expect(input).to.match(within('src/guest/', 'src/protocol/', 'src/common/', SHIM, entry));
      }
      const allowed = platform === 'node' ? ['node:worker_threads'] : [];
      expect(externals(metafile)).to.deep.equal(allowed);
    });
  }

  for (const [entry, platform] of [
    ['src/hosts/desktop/extension.ts', 'node'],
    ['src/hosts/web/extension.ts', 'browser'],
    ['src/hosts/cli/main.ts', 'node'],
  ] as const) {
    it(`outside the worker, ${entry}: nothing of the guest's, no shim`, async () => {
      const metafile = await bundleOf(entry, platform);
      for (const input of inputs(metafile)) {
        expect(input).to.match(/^(src\/|runtime\/manifest\.json$)/);
        expect(input).not.to.match(within('src/guest/'));
      }
      const isVscode = !entry.includes('/cli/');
      expect(externals(metafile).includes('vscode')).to.equal(isVscode);
      if (platform === 'browser') expect(externals(metafile)).to.deep.equal(['vscode']);
    });
  }

  it('imports the shim in src/guest/wasi alone, vscode in the editor and its hosts alone', async () => {
    for (const entry of ['src/hosts/desktop/worker.ts', 'src/hosts/web/extension.ts']) {
      for (const [input, { imports }] of Object.entries((await bundleOf(entry, 'node')).inputs)) {
        if (!input.startsWith('src/')) continue;
        for (const { path: imported } of imports) {
          if (imported.startsWith(SHIM)) expect(input).to.match(within('src/guest/wasi/'));
          if (imported === 'vscode') expect(input).to.match(within('src/editor/', 'src/hosts/'));
        }
      }
    }
  });

  it('bundles no npm package that THIRD_PARTY_NOTICES does not name', async () => {
    const notices = await readFile(path.join(root, 'runtime/THIRD_PARTY_NOTICES.txt'), 'utf8');
    const packages = new Set<string>();
    for (const [entry, platform] of [
      ['src/hosts/desktop/worker.ts', 'node'],
      ['src/hosts/web/worker.ts', 'browser'],
      ['src/hosts/desktop/extension.ts', 'node'],
      ['src/hosts/web/extension.ts', 'browser'],
    ] as const) {
      for (const input of inputs(await bundleOf(entry, platform))) {
        const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
        if (name !== undefined) packages.add(name);
      }
    }
    expect([...packages]).to.deep.equal(['@bjorn3/browser_wasi_shim']);
    for (const name of packages) expect(notices).to.include(`## ${name} `);
  });
});
