// From a clean clone to something that runs: installs what package-lock.json names, then builds.
// Does nothing where nothing changed, and fast, since `npm run sandbox` comes through here each time.
// Only Node's own modules: this runs before there is a node_modules.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isInstalled, rememberInstall } from './installStamp.mjs';
import { buildStampPath, sourcesFingerprint, readStamp } from './buildStamp.mjs';
import { projectRoot } from './paths.mjs';

const quiet = process.argv.includes('--quiet');

if (!isInstalled()) {
  // --include=dev: NODE_ENV=production must not leave out what the build needs.
  run('Installing packages', npm(['ci', '--include=dev', '--no-audit', '--no-fund']));
  rememberInstall();
}

const fingerprint = sourcesFingerprint();
if (readStamp(buildStampPath) !== fingerprint) {
  run('Building', npm(['run', '-s', 'build']));
  mkdirSync(path.dirname(buildStampPath), { recursive: true });
  writeFileSync(buildStampPath, fingerprint);
}

/**
 * Runs one step, and ends this process with its exit code where it fails.
 * @param {string} what for people
 * @param {{ command: string, args: string[], shell: boolean }} step
 */
function run(what, { command, args, shell }) {
  // All of it on stderr: stdout belongs to the program that runs after this one.
  process.stderr.write(`${what}…\n`);
  const result = spawnSync(command, args, {
    cwd: projectRoot,
    shell,
    stdio: ['ignore', quiet ? 'pipe' : 2, quiet ? 'pipe' : 2],
    encoding: 'utf8',
  });
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  process.stderr.write(`${what}: failed (${result.error?.message ?? `exit ${result.status}`})\n`);
  process.exit(result.status || 1);
}

/**
 * The npm that started this script, else the one on PATH.
 * @param {string[]} args
 */
function npm(args) {
  const npmCli = process.env.npm_execpath;
  if (npmCli?.endsWith('.js')) {
    return { command: process.execPath, args: [npmCli, ...args], shell: false };
  }
  const isWindows = process.platform === 'win32';
  return { command: isWindows ? 'npm.cmd' : 'npm', args, shell: isWindows };
}
