/**
 * Opens a window that runs extension tests and stays until VS Code says that they are over.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @param {object} options
 * @param {number} options.timeoutMs
 * @param {(line: string) => void} options.onLine gets what the extension host prints
 * @returns {Promise<number>} the exit code
 */
export async function followTests(page, url, { timeoutMs, onLine }) {
  /** @type {Promise<number>} */
  const exitCode = new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error(`no end of the extension tests after ${timeoutMs} ms`));
    const timer = setTimeout(giveUp, timeoutMs);
    page.on('close', () => clearTimeout(timer));
    page.on('crash', () => reject(new Error('the page crashed')));
    // VS Code calls these two functions of the page, where they exist.
    const onLog = (/** @type {string} */ _type, /** @type {unknown[]} */ args) =>
      onLine(args.map(String).join(' '));
    page
      .exposeFunction('codeAutomationLog', onLog)
      .then(() => page.exposeFunction('codeAutomationExit', resolve))
      .then(() => page.goto(url))
      .catch(reject);
  });
  return exitCode;
}
