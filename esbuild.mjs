// Bundles the extension, its workers, the terminal runner and the test suites.
// The attack families come out as data, too.
// `node esbuild.mjs --product` leaves the tests out, and minifies.
import { readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
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
// esbuild itself is used by the test of the bundles; it cannot be bundled. Nor can wabt for Node,
// where it requires fs; in a browser it never comes to that.
const nodeTests = { ...node, format: 'esm', alias: hostFor('node'), external: ['esbuild', 'wabt'] };
const browserTests = { ...browser, format: 'iife', alias: hostFor('browser'), external: ['fs'] };

/** @type {import('esbuild').BuildOptions[]} */
const tests = [
  { ...nodeTests, stdin: suite('test/unit'), outfile: 'dist/test/unit.node.mjs' },
  { ...nodeTests, stdin: suite('test/guest'), outfile: 'dist/test/guest.node.mjs' },
  { ...browserTests, stdin: suite('test/guest', 'browser'), outfile: 'dist/test/guest.browser.js' },
  { ...nodeTests, stdin: suite('test/containment'), outfile: 'dist/test/containment.node.mjs' },
  { ...nodeTests, stdin: suite('test/soak'), outfile: 'dist/test/soak.node.mjs' },
  {
    ...browserTests,
    stdin: suite('test/containment', 'browser'),
    outfile: 'dist/test/containment.browser.js',
  },
  { ...nodeTests, entryPoints: ['test/bench/bench.ts'], outfile: 'dist/test/bench.mjs' },
];
/** The attack families as data, for the self-test that users can run. */
async function buildAttacks() {
  const entry = "export { FAMILIES } from './test/containment/families.ts';";
  const { outputFiles } = await build({
    ...node,
    sourcemap: false,
    format: 'esm',
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    write: false,
  });
  const source = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const { FAMILIES } = await import(`data:text/javascript;base64,${source}`);
  await mkdir(path.join(root, 'dist'), { recursive: true });
  await writeFile(path.join(root, 'dist/attacks.json'), JSON.stringify(FAMILIES));
}

await Promise.all([
  buildAttacks(),
  ...[...product, ...(isProductOnly ? [] : tests)].map((options) => build(options)),
]);
