// Child processes that never outlive us: each leads a process group, which is ended with us.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { atProcessEnd } from './atProcessEnd.mjs';

/**
 * Like `spawn`, but the child and all that it starts end with this process at the latest.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function spawnOwned(command, args, options) {
  const isPosix = process.platform !== 'win32';
  const child = spawn(command, args, { ...options, detached: isPosix });
  const release = atProcessEnd(() => signalGroup(child, 'SIGKILL'));
  child.once('exit', release);
  child.once('error', release);
  return child;
}

/**
 * Ends a child and what it started: asks first, insists after a while.
 * @param {import('node:child_process').ChildProcess} child
 * @param {{ graceMs?: number }} [options]
 */
export async function endOwned(child, { graceMs = 3000 } = {}) {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    signalGroup(child, 'SIGTERM');
    const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
    await exited;
    clearTimeout(insist);
  }
  // Its own children may have ignored SIGTERM.
  signalGroup(child, 'SIGKILL');
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // the whole group is gone already
  }
}
