// Runs a bundle of mocha tests in a page of headless Chromium.
import path from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumArgs, ensureChromium } from './chromium.mjs';
import { projectRoot } from './paths.mjs';
import { collect, noResults } from './results.mjs';
import { serveProject } from './staticServer.mjs';

/**
 * The bundle is a classic script (an IIFE) that calls the global `describe` and `it`. It finds
 * `/dist/…` and `/runtime/…` of the project on its own origin.
 * @param {string} bundle the path of the bundle, somewhere in the project
 * @param {object} options
 * @param {boolean} options.isolated whether the page is cross-origin isolated
 * @param {string} [options.grep] a regular expression on full titles
 * @param {number} [options.timeoutMs] for the whole suite
 * @param {number} [options.testTimeoutMs] for one test, where it sets none
 * @param {boolean} [options.verbose] prints the console of the page
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function runBrowserMocha(bundle, options) {
  const { isolated, grep, timeoutMs = 300_000, testTimeoutMs = 20_000, verbose = false } = options;
  // Before anything is started: this may fail.
  const executablePath = ensureChromium();
  const bundleFolder = path.dirname(path.relative(projectRoot, bundle));
  const server = await serveProject({
    folders: ['dist', 'runtime', 'test', 'node_modules/mocha', bundleFolder],
    pages: { '/': testPage({ bundle: urlPath(bundle), grep, testTimeoutMs }) },
    isolated,
  });
  const results = noResults();
  /** @type {import('playwright-core').Browser | undefined} */
  let browser;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  try {
    browser = await chromium.launch({ executablePath, args: chromiumArgs });
    const page = await browser.newPage();
    await new Promise((resolve) => {
      const giveUp = (/** @type {string} */ error) => {
        results.failures.push({ title: path.basename(bundle), error });
        resolve(undefined);
      };
      timer = setTimeout(() => giveUp(`no end after ${timeoutMs} ms`), timeoutMs);
      page.on('crash', () => giveUp('the page crashed'));
      page.on('console', (message) => {
        if (verbose) console.log(`    [console ${message.type()}] ${message.text()}`);
      });
      page
        .exposeFunction('sendMochaEvent', (/** @type {MochaEvent} */ event) => {
          collect(results, event);
          if (event.kind === 'end') resolve(undefined);
        })
        .then(() => page.exposeFunction('reportLoadError', giveUp))
        .then(() => page.goto(server.origin))
        .catch((error) => giveUp(String(error)));
    });
  } finally {
    clearTimeout(timer);
    await browser?.close();
    await server.close();
  }
  return results;
}

/** @typedef {import('./mochaEvents.mjs').MochaEvent} MochaEvent */

/** @param {string} file */
function urlPath(file) {
  return `/${path.relative(projectRoot, file).split(path.sep).join('/')}`;
}

/**
 * @param {{ bundle: string, grep: string | undefined, testTimeoutMs: number }} options
 * @returns {string} HTML
 */
function testPage({ bundle, grep, testTimeoutMs }) {
  const grepCall = grep ? `mocha.grep(new RegExp(${scriptJson(grep)}));` : '';
  return `<!doctype html>
<meta charset="utf-8">
<title>Tests</title>
<link rel="icon" href="data:,">
<script>
  // Until mocha runs, whatever goes wrong is a failure to load; mocha takes over from there.
  window.onerror = (message, source, line) => reportLoadError(message + ' (' + source + ':' + line + ')');
</script>
<script src="/node_modules/mocha/mocha.js"></script>
<script type="module">
  import { reporterThatSends } from '/test/support/mochaEvents.mjs';
  mocha.setup({
    ui: 'bdd',
    timeout: ${testTimeoutMs},
    reporter: reporterThatSends((event) => sendMochaEvent(event)),
  });
  ${grepCall}
  const script = document.createElement('script');
  script.src = ${scriptJson(bundle)};
  script.onerror = () => reportLoadError('cannot load ' + script.src);
  script.onload = () => {
    window.onerror = null;
    mocha.run();
  };
  document.head.append(script);
</script>
`;
}

/** @param {string} text */
function scriptJson(text) {
  // "</script>" inside a string would end the script.
  return JSON.stringify(text).replaceAll('<', '\\u003c');
}
