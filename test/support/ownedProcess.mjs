// Child processes that never outlive us: each leads a process group, which is ended with us.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** @type {Set<import('node:child_process').ChildProcess>} */
const owned = new Set();
let watching = false;

/**
 * Like `spawn`, but the child and all that it starts end with this process at the latest.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function spawnOwned(command, args, options) {
  watchForOurEnd();
  const isPosix = process.platform !== 'win32';
  const child = spawn(command, args, { ...options, detached: isPosix });
  owned.add(child);
  child.once('exit', () => owned.delete(child));
  child.once('error', () => owned.delete(child));
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

function watchForOurEnd() {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const child of owned) signalGroup(child, 'SIGKILL');
  });
  // Without a handler a signal ends the process and skips the 'exit' event.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => process.exit(1));
  }
}
