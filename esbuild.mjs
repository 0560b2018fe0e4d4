// Bundles the extension, its workers, the terminal runner and the test suites.
// `node esbuild.mjs [--product]` leaves the tests out.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.dirname(fileURLToPath(import.meta.url));
const isProductOnly = process.argv.includes('--product');

const common = {
  absWorkingDir: root,
  bundle: true,
  logLevel: 'warning',
  sourcemap: isProductOnly ? false : 'linked',
  minify: isProductOnly,
  target: 'es2022',
  // Keeps each dependency's licence header where it is.
  legalComments: 'inline',
};
const node = { ...common, platform: 'node', target: 'node20' };
const browser = { ...common, platform: 'browser', mainFields: ['browser', 'module', 'main'] };
const extension = { format: 'cjs', external: ['vscode'] };

/** @type {import('esbuild').BuildOptions[]} */
const product = [
  {
    ...node,
    ...extension,
    entryPoints: ['src/hosts/desktop/extension.ts'],
    outfile: 'dist/desktop.cjs',
  },
  {
    ...node,
    format: 'cjs',
    entryPoints: ['src/hosts/desktop/worker.ts'],
    outfile: 'dist/worker.cjs',
  },
  { ...node, format: 'esm', entryPoints: ['src/hosts/cli/main.ts'], outfile: 'dist/cli.mjs' },
  { ...browser, ...extension, entryPoints: ['src/hosts/web/extension.ts'], outfile: 'dist/web.js' },
  {
    ...browser,
    format: 'iife',
    entryPoints: ['src/hosts/web/worker.ts'],
    outfile: 'dist/webWorker.js',
  },
];

/**
 * One entry that imports every test file of a folder; `*.node.test.ts` only for Node.
 * @param {string} folder
 * @param {'node' | 'browser'} platform
 */
function suite(folder, platform = 'node') {
  const files = readdirSync(path.join(root, folder))
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => platform === 'node' || !file.endsWith('.node.test.ts'))
    .sort()
    .map((file) => `import './${folder}/${file}';`);
  return { contents: files.join('\n'), resolveDir: root, loader: /** @type {const} */ ('ts') };
}

// What differs between running a suite in Node and in a page: how its sandbox host is made.
const hostFor = (/** @type {'node' | 'browser'} */ kind) => ({
  '#testHost': path.join(root, `test/support/testHost.${kind}.ts`),
});
const nodeTests = { ...node, format: 'esm', alias: hostFor('node') };
const browserTests = { ...browser, format: 'iife', alias: hostFor('browser') };

/** @type {import('esbuild').BuildOptions[]} */
const tests = [
  { ...nodeTests, stdin: suite('test/unit'), outfile: 'dist/test/unit.node.mjs' },
  { ...nodeTests, stdin: suite('test/guest'), outfile: 'dist/test/guest.node.mjs' },
  { ...browserTests, stdin: suite('test/guest', 'browser'), outfile: 'dist/test/guest.browser.js' },
  { ...nodeTests, stdin: suite('test/containment'), outfile: 'dist/test/containment.node.mjs' },
  {
    ...browserTests,
    stdin: suite('test/containment', 'browser'),
    outfile: 'dist/test/containment.browser.js',
  },
  { ...node, format: 'esm', entryPoints: ['test/bench/bench.ts'], outfile: 'dist/test/bench.mjs' },
];
const vscodeTests = path.join(root, 'test/vscode/api');
if (existsSync(vscodeTests)) {
  tests.push(
    ...['node', 'web'].map((host) => ({
      ...browser,
      ...extension,
      // Mocha's browser build runs in both extension hosts.
      define: { 'process.env.EXTENSION_HOST': JSON.stringify(host), global: 'globalThis' },
      entryPoints: ['test/vscode/api/entry.ts'],
      outfile: `dist/test/vscode-${host}.cjs`,
    })),
  );
}

if (isProductOnly) rmSync(path.join(root, 'dist'), { recursive: true, force: true });
const present = (/** @type {import('esbuild').BuildOptions} */ options) =>
  !Array.isArray(options.entryPoints) ||
  existsSync(path.join(root, String(options.entryPoints[0])));
await Promise.all(
  [...product, ...(isProductOnly ? [] : tests)].filter(present).map((o) => build(o)),
);
