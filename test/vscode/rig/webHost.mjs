// The web-worker extension host: what vscode.dev uses, with no server behind it.
// @vscode/test-web serves it; of that package the app is used, not `open`, which neither takes
// port 0 nor settings nor workspace trust.
import { createRequire } from 'node:module';
import path from 'node:path';
import { copyFileSync } from 'node:fs';
import { createProfile } from './profile.mjs';
import { quietSettings } from './settings.mjs';
import { unpackVsix } from './unpackVsix.mjs';
import { serveFolderProvider, virtualFolderUri } from './virtualFolder.mjs';
import { ensureWebBuild } from './webBuild.mjs';

/**
 * @typedef {object} WebHostOptions
 * @property {string} folder the workspace, mounted as a virtual file system
 * @property {string} vsix its contents are loaded as a built-in extension
 * @property {string} [testsFile] a classic script that exports `run`, run instead of a session;
 *   the extension is then loaded as one under development
 * @property {boolean} isolated whether the workbench is cross-origin isolated
 * @property {Record<string, unknown>} [settings] defaults, which the user may override
 * @property {boolean} [workspaceTrust] whether folders are untrusted until trust is given
 * @property {number} [port]
 * @property {boolean} [verbose] prints each request
 */

const require = createRequire(import.meta.url);

/**
 * @param {WebHostOptions} options
 * @returns {Promise<import('./nodeHost.mjs').RunningHost>}
 */
export async function startWebHost(options) {
  const { folder, vsix, testsFile, isolated, port = 0, verbose = false } = options;
  const buildDir = ensureWebBuild();
  const profile = createProfile('web-host');
  const extensionDir = path.join(profile.dir, 'extension');
  await unpackVsix(vsix, extensionDir);

  /** @type {Record<string, unknown>} */
  const extension = { extensionPaths: [extensionDir] };
  if (testsFile) {
    // Only what is under the extension is served, so the tests go there.
    const served = path.join(extensionDir, path.basename(testsFile));
    copyFileSync(testsFile, served);
    delete extension.extensionPaths;
    extension.extensionDevelopmentPath = extensionDir;
    extension.extensionTestsPath = served;
  }

  const app = await createWorkbenchApp({ buildDir, isolated, folder, extension, verbose });
  // In front of all the rest: they change what the rest makes.
  app.middleware.unshift(
    serveFolderProvider,
    withWorkbenchOptions({
      folderUri: virtualFolderUri,
      configurationDefaults: { ...quietSettings, ...options.settings },
      enableWorkspaceTrust: options.workspaceTrust ?? false,
    }),
  );

  /** @type {import('node:http').Server} */
  const server = app.listen(port, '127.0.0.1');
  await new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://localhost:${address.port}/`,
    hostDir: profile.dir,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          profile.remove();
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/**
 * @vscode/test-web hands the workbench's options over as JSON in an attribute of the page; this
 * adds to them.
 * @param {Record<string, unknown>} extraOptions
 */
function withWorkbenchOptions(extraOptions) {
  const attribute = /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)(")/;
  return async (/** @type {any} */ context, /** @type {() => Promise<void>} */ next) => {
    await next();
    if (context.path !== '/') return;
    context.body = String(context.body).replace(attribute, (_all, before, json, after) => {
      const options = JSON.parse(json.replaceAll('&quot;', '"'));
      const extended = JSON.stringify({ ...options, ...extraOptions });
      return `${before}${extended.replaceAll('"', '&quot;')}${after}`;
    });
  };
}

/**
 * @param {object} options
 * @param {string} options.buildDir
 * @param {boolean} options.isolated
 * @param {string} options.folder
 * @param {Record<string, unknown>} options.extension
 * @param {boolean} options.verbose
 * @returns {Promise<any>} a Koa application
 */
async function createWorkbenchApp({ buildDir, isolated, folder, extension, verbose }) {
  const { default: createApp } = require('@vscode/test-web/out/server/app.js');
  if (!verbose) muteNotices();
  const app = await createApp({
    build: { type: 'static', location: buildDir },
    esm: true,
    coi: isolated,
    folderMountPath: folder,
    printServerLog: verbose,
    ...extension,
  });
  if (verbose) return app;
  // The first one logs requests that fail, which some of a healthy workbench do.
  app.middleware.shift();
  // Koa would print every connection that the page drops.
  app.silent = true;
  return app;
}

let mutedNotices = false;

/** @vscode/test-web tells on the console what it serves, partly on every request. */
function muteNotices() {
  if (mutedNotices) return;
  mutedNotices = true;
  const { log } = console;
  console.log = (...args) => {
    const isNotice = /^(Using ESM loader|Serving (dev|local|additional))/.test(String(args[0]));
    if (!isNotice) log(...args);
  };
}
