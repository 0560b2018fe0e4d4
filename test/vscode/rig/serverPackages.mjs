// Gives the VS Code server the packages that code-server's postinstall would install and compile.
// That script is not run: it wants a compiler and twenty packages that no test needs.
import { copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inProject } from '../../support/paths.mjs';
import { vscodeDir } from './product.mjs';

// The server serves these to the page from its own node_modules: finding them further up,
// as Node would, is not enough.
const linked = [
  '@microsoft/1ds-core-js',
  '@microsoft/1ds-post-js',
  '@parcel/watcher',
  '@vscode/iconv-lite-umd',
  '@vscode/proxy-agent',
  'cookie',
  'http-proxy-agent',
  'https-proxy-agent',
  'jschardet',
  'minimist',
  'tas-client',
  'vscode-oniguruma',
  'vscode-regexpp',
  'vscode-textmate',
  'ws',
  'yauzl',
  'yazl',
];

const stubbed = {
  '@vscode/spdlog': 'spdlog.cjs',
  '@vscode/native-watchdog': 'nativeWatchdog.cjs',
};

/** Does nothing where it was done before. */
export function provideServerPackages() {
  const modulesDir = path.join(vscodeDir, 'node_modules');
  for (const name of linked) {
    const link = path.join(modulesDir, name);
    if (existsSync(link)) continue;
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(inProject('node_modules', name), link, 'dir');
  }
  for (const [name, stub] of Object.entries(stubbed)) {
    const dir = path.join(modulesDir, name);
    mkdirSync(dir, { recursive: true });
    const source = fileURLToPath(new URL(`./stubs/${stub}`, import.meta.url));
    copyFileSync(source, path.join(dir, 'index.cjs'));
    const manifest = { name, version: '0.0.0-stub', main: 'index.cjs' };
    writeFileSync(path.join(dir, 'package.json'), JSON.stringify(manifest));
  }
}
