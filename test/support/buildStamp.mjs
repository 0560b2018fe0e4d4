// Whether dist/ was built from the sources as they are now.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { distDir, projectRoot } from './paths.mjs';

const sources = ['src', 'runtime', 'test', 'esbuild.mjs', 'package.json', 'package-lock.json'];
const notSources = new Set(['node_modules', '.cache', 'dist', 'out']);

export const buildStampPath = path.join(distDir, '.build-stamp');

/**
 * Names, sizes and times, not contents: some 25 MB of runtime would take too long to read each time.
 * @returns {string}
 */
export function sourcesFingerprint() {
  const hash = createHash('sha256');
  for (const source of sources) addToHash(hash, path.join(projectRoot, source));
  return hash.digest('hex');
}

/**
 * @param {string} file
 * @returns {string | undefined} undefined where there is no such stamp
 */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} file
 */
function addToHash(hash, file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) {
    hash.update(`${path.relative(projectRoot, file)}\0${stat.size}\0${stat.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(file).sort()) {
    if (!notSources.has(name)) addToHash(hash, path.join(file, name));
  }
}
