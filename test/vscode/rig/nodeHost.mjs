// The Node extension host: what desktop VS Code, Remote and Codespaces use.
// Here it belongs to a VS Code server on a port of its own, and the workbench is a page.
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endOwned, spawnOwned } from '../../support/ownedProcess.mjs';
import { nodeForVscode, readJson, vscodeDir } from './product.mjs';
import { createProfile } from './profile.mjs';
import { provideServerPackages } from './serverPackages.mjs';
import { quietSettings } from './settings.mjs';

/**
 * @typedef {object} RunningHost
 * @property {string} url the workbench, with the workspace open
 * @property {string} hostDir the host's own folder, removed by `stop`
 * @property {() => Promise<void>} stop
 *
 * @typedef {object} NodeHostOptions
 * @property {string} folder the workspace; the host opens a copy of it
 * @property {string} [vsix] installed into the host
 * @property {string} [developmentDir] an extension that is loaded from its folder
 * @property {string} [testsFile] a CommonJS module that exports `run`, run instead of a session
 * @property {Record<string, unknown>} [settings] of the user
 * @property {boolean} [workspaceTrust] whether folders are untrusted until trust is given
 * @property {number} [port]
 * @property {boolean} [verbose] prints the log of the server
 */

const serverMain = path.join(vscodeDir, 'out/server-main.js');

/** Built-in extensions that the tests have a use for; git, npm, copilot… only cost time. */
const keptBuiltins = new Set(['python', 'theme-defaults']);

/**
 * @param {NodeHostOptions} options
 * @returns {Promise<RunningHost>}
 */
export async function startNodeHost(options) {
  const { folder, vsix, developmentDir, testsFile, port = 0, verbose = false } = options;
  provideServerPackages();
  const profile = createProfile('node-host');
  const workspaceDir = path.join(profile.dir, 'workspace');
  cpSync(folder, workspaceDir, { recursive: true });
  writeSettings(profile.dir, options.settings ?? {});

  const common = ['--server-data-dir', path.join(profile.dir, 'server')];
  common.push('--extensions-dir', path.join(profile.dir, 'extensions'));
  common.push('--accept-server-license-terms', '--telemetry-level', 'off');
  if (vsix) await installVsix(vsix, common, verbose);

  const args = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
  if (!options.workspaceTrust) args.push('--disable-workspace-trust');
  // Only with the driver does a released VS Code honour a `payload` in the URL.
  if (testsFile || developmentDir) args.push('--enable-smoke-test-driver');
  const server = spawnServer([...args, ...common], verbose);
  const stop = async () => {
    await endOwned(server.child);
    profile.remove();
  };
  try {
    const actualPort = await server.listening;
    const query = new URLSearchParams({ folder: workspaceDir });
    const remote = (/** @type {string} */ file) => `vscode-remote://localhost:${actualPort}${file}`;
    /** @type {[string, string][]} */
    const payload = [];
    if (developmentDir) payload.push(['extensionDevelopmentPath', remote(developmentDir)]);
    if (testsFile) payload.push(['extensionTestsPath', remote(testsFile)]);
    if (payload.length > 0) query.set('payload', JSON.stringify(payload));
    return { url: `http://localhost:${actualPort}/?${query}`, hostDir: profile.dir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {string} profileDir
 * @param {Record<string, unknown>} settings
 */
function writeSettings(profileDir, settings) {
  const text = JSON.stringify({ ...quietSettings, ...settings });
  // code-server's VS Code keeps what belongs to the user on the server, too.
  const userDir = path.join(profileDir, 'server/data/User');
  mkdirSync(userDir, { recursive: true });
  writeFileSync(path.join(userDir, 'settings.json'), text);
}

/**
 * @param {string} vsix
 * @param {readonly string[]} common
 * @param {boolean} verbose
 */
async function installVsix(vsix, common, verbose) {
  const { child, output, closed } = runServer([...common, '--install-extension', vsix], verbose);
  await closed;
  if (child.exitCode !== 0 || !/successfully installed/.test(output())) {
    throw new Error(`cannot install ${vsix}\n${output()}`);
  }
}

/**
 * @param {readonly string[]} args
 * @param {boolean} verbose
 */
function spawnServer(args, verbose) {
  const { child, output, closed, onOutput } = runServer(args, verbose);
  /** @type {Promise<number>} */
  const listening = new Promise((resolve, reject) => {
    onOutput(() => {
      const port = output().match(/Extension host agent listening on (\d+)/)?.[1];
      if (port) resolve(Number(port));
    });
    closed.then(() => reject(new Error(`the VS Code server ended\n${output()}`)), reject);
  });
  return { child, listening };
}

/**
 * @param {readonly string[]} args
 * @param {boolean} verbose
 */
function runServer(args, verbose) {
  const child = spawnOwned(nodeForVscode, [serverMain, ...args], {
    env: serverEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  /** @type {(() => void)[]} */
  const listeners = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (data) => {
      text += data;
      if (verbose) process.stderr.write(data);
      for (const listener of listeners) listener();
    });
  }
  /** @type {Promise<void>} */
  const closed = new Promise((resolve, reject) => {
    child.once('close', () => resolve());
    child.once('error', reject);
  });
  return {
    child,
    closed,
    output: () => text,
    onOutput: (/** @type {() => void} */ listener) => listeners.push(listener),
  };
}

function serverEnvironment() {
  const env = { ...process.env };
  delete env.NODE_OPTIONS; // meant for us, not for the server's Node
  const extensionsDir = path.join(vscodeDir, 'extensions');
  const skipped = readdirSync(extensionsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !keptBuiltins.has(entry.name))
    .map((entry) => readJson(path.join(extensionsDir, entry.name, 'package.json')))
    .map(({ publisher, name }) => `${publisher}.${name}`);
  return {
    ...env,
    PATH: `${path.dirname(nodeForVscode)}${path.delimiter}${env.PATH}`,
    VSCODE_SKIP_BUILTIN_EXTENSIONS: skipped.join(','),
  };
}
