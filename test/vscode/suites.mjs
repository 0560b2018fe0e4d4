// The part of `npm test` that runs in VS Code: the packaged extension in each extension host.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runNodeMocha } from '../support/nodeMocha.mjs';
import { inProject } from '../support/paths.mjs';
import { oneResult } from '../support/results.mjs';
import { runElectronShim } from './rig/electronShim.mjs';
import { runExtensionTests } from './rig/extensionTests.mjs';
import { hostNames, hostTitles } from './rig/hosts.mjs';
import { ensureVsix } from './rig/vsix.mjs';

/**
 * @typedef {import('../support/suites.mjs').Suite} Suite
 * @typedef {import('../support/suites.mjs').SuiteOptions} SuiteOptions
 */

const uiTestsDir = inProject('test/vscode/ui');

/**
 * @param {SuiteOptions} options
 * @returns {Suite[]}
 */
export function vscodeSuites(options) {
  return [startSuite(options), ...apiSuites(options), electronSuite(), ...uiSuites(options)];
}

/**
 * @param {SuiteOptions} options
 * @returns {Suite}
 */
function startSuite({ grep }) {
  return {
    name: 'start',
    what: 'what is packaged; npm start, and its end',
    run: async () => {
      await ensureVsix();
      const files = ['vsix.test.mjs', 'serve.test.mjs'].map((name) =>
        inProject('test/vscode', name),
      );
      return runNodeMocha(files, { ...(grep ? { grep } : {}) });
    },
  };
}

/**
 * @param {SuiteOptions} options
 * @returns {Suite[]}
 */
function apiSuites({ grep, verbose }) {
  return hostNames.map((hostName) => ({
    name: `api-${hostName}`,
    what: `VS Code API tests in ${hostTitles[hostName]}`,
    run: async () =>
      runExtensionTests(hostName, {
        vsix: await ensureVsix(),
        folder: inProject('test/fixtures/workspace'),
        verbose,
        ...(grep ? { grep } : {}),
      }),
  }));
}

/** @returns {Suite} */
function electronSuite() {
  return {
    name: 'electron-shim',
    what: 'npm run test:electron, with a stand-in for the desktop application',
    run: async () => {
      await ensureVsix();
      return oneResult('test:electron', await runElectronShim());
    },
  };
}

/**
 * @param {SuiteOptions} options
 * @returns {Suite[]}
 */
function uiSuites({ grep, updateScreenshots, verbose }) {
  const files = readdirSync(uiTestsDir)
    .filter((name) => name.endsWith('.test.mjs'))
    .sort()
    .map((name) => fileURLToPath(new URL(`./ui/${name}`, import.meta.url)));
  return hostNames.map((hostName) => ({
    name: `ui-${hostName}`,
    what: `what a user sees and does, in ${hostTitles[hostName]}`,
    run: async () =>
      runNodeMocha(files, {
        testTimeoutMs: 60_000,
        timeoutMs: 240_000,
        env: {
          UI_HOST: hostName,
          UI_VSIX: await ensureVsix(),
          UI_VERBOSE: verbose ? '1' : '',
          UPDATE_SCREENSHOTS: updateScreenshots ? '1' : '',
        },
        ...(grep ? { grep } : {}),
      }),
  }));
}
