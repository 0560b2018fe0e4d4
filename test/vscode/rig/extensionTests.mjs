// Runs the API tests: mocha inside an extension host, next to the extension as it ships.
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { collect, noResults } from '../../support/results.mjs';
import { bundleApiTests } from './bundleApiTests.mjs';
import { openPage } from './chromiumPage.mjs';
import { followTests } from './followTests.mjs';
import { startNodeHost } from './nodeHost.mjs';
import { createProfile } from './profile.mjs';
import { screenshot } from './screenshot.mjs';
import { unpackVsix } from './unpackVsix.mjs';
import { startWebHost } from './webHost.mjs';

/** Begins each line that carries an event of mocha; test/vscode/api/index.ts prints it. */
const eventMark = '@@mocha ';

/**
 * @param {import('./hosts.mjs').HostName} hostName
 * @param {object} options
 * @param {string} options.vsix
 * @param {string} options.folder the workspace
 * @param {string} [options.grep] a regular expression on full titles
 * @param {number} [options.timeoutMs] for the whole suite
 * @param {boolean} [options.verbose]
 * @returns {Promise<import('../../support/results.mjs').Results>}
 */
export async function runExtensionTests(hostName, options) {
  const { vsix, folder, grep, timeoutMs = 180_000, verbose = false } = options;
  const files = createProfile('api-tests');
  const host = await startTestHost(hostName, { vsix, folder, grep, verbose, filesDir: files.dir });
  const results = noResults();
  /** @type {Awaited<ReturnType<typeof openPage>> | undefined} */
  let browser;
  try {
    browser = await openPage({ verbose });
    let ended = false;
    const exitCode = await followTests(browser.page, host.url, {
      timeoutMs,
      onLine: (line) => {
        const start = line.indexOf(eventMark);
        if (start < 0) return;
        const event = JSON.parse(line.slice(start + eventMark.length));
        if (event.kind === 'end') ended = true;
        collect(results, event);
      },
    });
    if (!ended) throw new Error(`the extension host ended early, with exit code ${exitCode}`);
  } catch (error) {
    // What passed and failed until then still counts.
    results.failures.push({ title: 'the extension tests', error: String(error) });
  } finally {
    if (results.failures.length > 0 && browser) await screenshot(browser.page, `api-${hostName}`);
    await browser?.close();
    await host.stop();
    files.remove();
  }
  return results;
}

/**
 * @param {import('./hosts.mjs').HostName} hostName
 * @param {{ vsix: string, folder: string, grep: string | undefined, verbose: boolean, filesDir: string }} options
 */
async function startTestHost(hostName, { vsix, folder, grep, verbose, filesDir }) {
  const bundle = path.join(filesDir, 'apiTests.js');
  await bundleApiTests({ outfile: bundle, hostName, grep });
  if (hostName !== 'node') {
    const isolated = hostName === 'web-isolated';
    return startWebHost({ vsix, folder, isolated, testsFile: bundle, verbose });
  }
  // VS Code wants an extension under development next to the tests: what the package holds.
  const developmentDir = path.join(filesDir, 'extension');
  await unpackVsix(vsix, developmentDir);
  // .cjs, for the project's package.json calls every .js an ES module.
  const testsFile = path.join(filesDir, 'apiTests.cjs');
  copyFileSync(bundle, testsFile);
  return startNodeHost({ folder, developmentDir, testsFile, verbose });
}
