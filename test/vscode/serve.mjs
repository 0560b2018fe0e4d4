// npm start: VS Code for the Web with the extension and a sample workspace, to try it out.
//
//   npm start                        the web extension host, as on vscode.dev
//   npm start -- --isolated          the same, cross-origin isolated
//   npm start -- --node              the Node extension host, as in desktop VS Code
//   npm start -- --port 8080         on another port than 3000
//   npm start -- --folder DIR        with another workspace than the samples
import { createServer } from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { inProject } from '../support/paths.mjs';
import { hostTitles, startHost } from './rig/hosts.mjs';
import { ensureVsix } from './rig/vsix.mjs';

const { values: options } = parseArgs({
  options: {
    node: { type: 'boolean', default: false },
    isolated: { type: 'boolean', default: false },
    port: { type: 'string' },
    folder: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

const hostName = options.node ? 'node' : options.isolated ? 'web-isolated' : 'web';
const host = await startHost(hostName, {
  vsix: await ensureVsix(),
  folder: options.folder ? path.resolve(options.folder) : inProject('test/fixtures/workspace'),
  port: options.port === undefined ? await usualPort() : Number(options.port),
  verbose: options.verbose,
});

console.log(`
VS Code with ${hostTitles[hostName]} is at

    ${host.url}

Open hello.py, select some lines, right-click and choose "Run in Wasm Sandbox".
Ctrl+C ends it.`);

// The regular end of this program, hence ahead of the handlers that call a signal a failure.
// What it started and wrote is cleaned up on exit, as always.
process.prependOnceListener('SIGINT', () => process.exit(0));
process.prependOnceListener('SIGTERM', () => process.exit(0));

/** @returns {Promise<number>} 3000, or 0 for any where that is taken */
function usualPort() {
  const port = 3000;
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(0));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(port)));
  });
}
