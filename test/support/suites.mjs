// What `npm test` consists of, in the order in which it runs: from cheap to dear.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { vscodeSuites } from '../vscode/suites.mjs';
import { runMutations } from '../mutation/suite.mjs';
import { runBrowserMocha } from './browserMocha.mjs';
import { runNodeMocha } from './nodeMocha.mjs';
import { nodeVersions } from './nodeVersions.mjs';
import { runNpmScript } from './npmScript.mjs';
import { distDir } from './paths.mjs';

/**
 * @typedef {{ grep: string | undefined, updateScreenshots: boolean, verbose: boolean }} SuiteOptions
 * @typedef {import('./results.mjs').Results} Results
 * @typedef {{ name: string, what: string, run: () => Promise<Results> }} Suite
 */

/**
 * @param {SuiteOptions} options
 * @returns {Suite[]}
 */
export function allSuites(options) {
  return [
    npmScript('check', 'types, lint and format', 'check'),
    npmScript('runtime', 'the bytes of the runtime are those of its manifest', 'verify:runtime'),
    ...nodeSuites(options),
    ...browserSuites(options),
    mutationSuite(options),
    ...vscodeSuites(options),
  ];
}

/**
 * @param {string} name
 * @param {string} what
 * @param {string} script
 * @returns {Suite}
 */
function npmScript(name, what, script) {
  return { name, what, run: () => runNpmScript(script) };
}

/**
 * What a process takes once and keeps, whatever it runs, taken at once: V8's young generation, which
 * grows to its size with use, and an arena of malloc's for each thread that there ever was.
 */
const STEADY_MEMORY = { NODE_OPTIONS: '--max-semi-space-size=1', MALLOC_ARENA_MAX: '2' };

/**
 * Every dist/test/NAME.node.mjs, in each Node there is.
 * @param {SuiteOptions} options
 * @returns {Suite[]}
 */
function nodeSuites({ grep }) {
  const versions = nodeVersions();
  return testBundles('.node.mjs').flatMap(({ name, file }) =>
    // Once is enough of what takes minutes: it looks for faults in our code, not in Node's.
    (['soak', 'containment'].includes(name) ? versions.slice(0, 1) : versions).map(
      ({ major, version, executable }) => ({
        name: `${name}-node${major}`,
        what: `${name} tests in Node ${version}`,
        run: () =>
          runNodeMocha([file], {
            executable,
            ...(grep ? { grep } : {}),
            ...(name === 'soak' ? { env: STEADY_MEMORY } : {}),
          }),
      }),
    ),
  );
}

/**
 * Every dist/test/NAME.browser.js, with cross-origin isolation and without.
 * @param {SuiteOptions} options
 * @returns {Suite[]}
 */
function browserSuites({ grep, verbose }) {
  return testBundles('.browser.js').flatMap(({ name, file }) =>
    [true, false].map((isolated) => ({
      name: `${name}-browser${isolated ? '-isolated' : ''}`,
      what: `${name} tests in Chromium, ${isolated ? 'cross-origin isolated' : 'not isolated'}`,
      run: () => runBrowserMocha(file, { isolated, verbose, ...(grep ? { grep } : {}) }),
    })),
  );
}

/**
 * @param {SuiteOptions} options
 * @returns {Suite}
 */
function mutationSuite({ grep }) {
  return {
    name: 'mutations',
    what: 'each wall taken away in turn: the attack suite must notice',
    run: () => runMutations(grep),
  };
}

/**
 * @param {string} ending
 * @returns {{ name: string, file: string }[]}
 */
function testBundles(ending) {
  const folder = path.join(distDir, 'test');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({ name: name.slice(0, -ending.length), file: path.join(folder, name) }));
}
