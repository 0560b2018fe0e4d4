// Runs mocha over files in a Node process of its own.
import { fileURLToPath } from 'node:url';
import { endOwned, spawnOwned } from './ownedProcess.mjs';
import { projectRoot } from './paths.mjs';
import { collect, noResults } from './results.mjs';

const childScript = fileURLToPath(new URL('./nodeMochaChild.mjs', import.meta.url));

/** How long a suite that is done may take to end by itself. */
const exitGraceMs = 5000;

/**
 * @param {readonly string[]} files ES modules that register mocha tests
 * @param {object} [options]
 * @param {string} [options.executable] the Node to use, if not this one
 * @param {string} [options.grep] a regular expression on full titles
 * @param {number} [options.timeoutMs] for the whole suite
 * @param {number} [options.testTimeoutMs] for one test, where it sets none
 * @param {Record<string, string>} [options.env] in addition to ours
 * @param {boolean} [options.quiet] whether to count only, and print nothing
 * @returns {Promise<import('./results.mjs').Results>}
 */
export function runNodeMocha(files, options = {}) {
  const { executable = process.execPath, grep, env = {}, quiet = false } = options;
  const { timeoutMs = 300_000, testTimeoutMs = 20_000 } = options;
  const results = noResults();
  const child = spawnOwned(
    executable,
    [childScript, JSON.stringify({ files, grep, testTimeoutMs })],
    {
      cwd: projectRoot,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit', 'ipc'],
    },
  );

  return new Promise((resolve) => {
    let ended = false;
    /** @type {NodeJS.Timeout} */
    let exitTimer;
    const fail = (/** @type {string} */ error) =>
      results.failures.push({ title: 'the suite', error });
    const giveUp = (/** @type {string} */ error) => {
      fail(error);
      void endOwned(child, { graceMs: 0 });
    };
    const suiteTimer = setTimeout(() => giveUp(`no end after ${timeoutMs} ms`), timeoutMs);

    child.on('message', (message) => {
      const event = /** @type {import('./mochaEvents.mjs').MochaEvent} */ (message);
      collect(results, event, quiet);
      if (event.kind !== 'end') return;
      ended = true;
      // A suite that does not end by itself left a worker, a timer or a process behind.
      exitTimer = setTimeout(() => giveUp('the tests left something running'), exitGraceMs);
    });
    child.on('error', (error) => fail(String(error)));
    child.on('close', (code, signal) => {
      clearTimeout(suiteTimer);
      clearTimeout(exitTimer);
      if (!ended && results.failures.length === 0) fail(`ended early: ${signal ?? `exit ${code}`}`);
      resolve(results);
    });
  });
}
