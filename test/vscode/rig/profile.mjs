// A fresh place for everything that one run of a rig writes.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { atProcessEnd } from '../../support/atProcessEnd.mjs';
import { rigDir } from '../../support/paths.mjs';

/**
 * @param {string} name for people who look into .rig/
 * @returns {{ dir: string, remove: () => void }} removed at the end of this process at the latest
 */
export function createProfile(name) {
  mkdirSync(rigDir, { recursive: true });
  const dir = mkdtempSync(path.join(rigDir, `${name}-`));
  // A process that is just ending may still write: try again a few times.
  const remove = () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  const release = atProcessEnd(remove);
  return {
    dir,
    remove: () => {
      release();
      remove();
    },
  };
}
