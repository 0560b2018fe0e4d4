import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { rigDir } from '../support/paths.mjs';

const script = fileURLToPath(new URL('./serve.mjs', import.meta.url));

describe('npm start', () => {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let server;

  const start = (/** @type {string[]} */ ...args) => {
    const child = spawn(process.execPath, [script, '--port', '0', ...args], { stdio: 'pipe' });
    server = child;
    return child;
  };

  /**
   * @param {import('node:child_process').ChildProcess} child
   * @returns {Promise<string>} the address that it prints
   */
  const address = (child) =>
    new Promise((resolve, reject) => {
      let output = '';
      const read = (/** @type {Buffer} */ data) => {
        output += data;
        const [, url] = output.match(/^ {4}(http:\S+)$/m) ?? [];
        if (url) resolve(url);
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.once('exit', () => reject(new Error(`ended early\n${output}`)));
    });

  afterEach('end it in any case', () => server?.kill('SIGKILL'));

  const hostFolders = () =>
    existsSync(rigDir) ? readdirSync(rigDir).filter((name) => name.includes('-host-')) : [];

  /** @type {Record<string, string[]>} */
  const variants = {
    'the web extension host': [],
    'the web extension host, cross-origin isolated': ['--isolated'],
    'the Node extension host': ['--node'],
  };
  for (const [what, args] of Object.entries(variants)) {
    it(`serves VS Code with ${what}, until Ctrl+C`, async () => {
      const before = hostFolders();
      const child = start(...args);
      const response = await fetch(await address(child));
      expect(response.status).to.equal(200);
      expect(await response.text()).to.include('vscode-workbench-web-configuration');
      const isolation = response.headers.get('cross-origin-embedder-policy');
      expect(isolation).to.equal(args.includes('--isolated') ? 'require-corp' : null);

      child.removeAllListeners('exit');
      child.kill('SIGINT');
      const [exitCode] = await once(child, 'exit');
      expect(exitCode).to.equal(0);
      expect(hostFolders(), 'what it left behind').to.deep.equal(before);
    });
  }
});
