import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openWorkbench } from '../rig/workbench.mjs';

const { UI_HOST, UI_VSIX, UI_VERBOSE } = process.env;

/** The extension host that this process tests. */
export const hostName = /** @type {import('../rig/hosts.mjs').HostName} */ (UI_HOST);

const samples = fileURLToPath(new URL('../../fixtures/workspace', import.meta.url));

/**
 * Opens a window for the tests of the `describe` around it, and closes it after them.
 * @param {Partial<import('../rig/workbench.mjs').WorkbenchOptions>} [options]
 * @returns {() => import('../rig/workbench.mjs').Workbench} for use inside tests
 */
export function useWorkbench(options = {}) {
  /** @type {Awaited<ReturnType<typeof openWorkbench>> | undefined} */
  let window;

  before('open VS Code', async () => {
    if (!UI_HOST || !UI_VSIX) throw new Error('these tests run through `npm test -- --only ui`');
    const verbose = Boolean(UI_VERBOSE);
    window = await openWorkbench(hostName, { vsix: UI_VSIX, folder: samples, verbose, ...options });
  });

  afterEach('keep a picture of a failure', async function () {
    const test = this.currentTest;
    if (test?.state !== 'failed' || !window) return;
    const name = test.fullTitle().replace(/\W+/g, '-');
    const file = await window.workbench.screenshot(`ui-${hostName}-${name}`);
    console.log(`    picture: ${path.relative(process.cwd(), file)}`);
  });

  after('close VS Code', () => window?.close());

  return () => {
    if (!window) throw new Error('VS Code did not open');
    return window.workbench;
  };
}
