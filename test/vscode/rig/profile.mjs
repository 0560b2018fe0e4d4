// A fresh place for everything that one run of a rig writes.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { rigDir } from '../../support/paths.mjs';

/** @type {Set<string>} */
const profiles = new Set();
let cleansUp = false;

/**
 * @param {string} name for people who look into .rig/
 * @returns {{ dir: string, remove: () => void }} removed at the end of this process at the latest
 */
export function createProfile(name) {
  if (!cleansUp) {
    cleansUp = true;
    process.on('exit', () => [...profiles].forEach(removeProfile));
  }
  mkdirSync(rigDir, { recursive: true });
  const dir = mkdtempSync(path.join(rigDir, `${name}-`));
  profiles.add(dir);
  return { dir, remove: () => removeProfile(dir) };
}

/** @param {string} dir */
function removeProfile(dir) {
  profiles.delete(dir);
  // A process that is just ending may still write: try again a few times.
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}
