// Whether node_modules holds what package-lock.json asks for.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { inProject } from './paths.mjs';

const lockPath = inProject('package-lock.json');
const installedLockPath = inProject('node_modules/.package-lock.json');
const stampPath = inProject('node_modules/.wasm-sandbox-install');

/** @returns {boolean} */
export function isInstalled() {
  if (readText(stampPath) === lockHash()) return true;
  // No stamp of ours, but somebody may have run `npm ci` or `npm install` by hand.
  if (!installedMatchesLock()) return false;
  rememberInstall();
  return true;
}

/** Call after an installation that went well. */
export function rememberInstall() {
  writeFileSync(stampPath, lockHash());
}

function lockHash() {
  return createHash('sha256').update(readFileSync(lockPath)).digest('hex');
}

/** Compares npm's own record of what it installed with the lock. */
function installedMatchesLock() {
  const installed = readPackages(installedLockPath);
  if (!installed) return false;
  const wanted = readPackages(lockPath) ?? {};
  for (const [where, entry] of Object.entries(wanted)) {
    const isTheProject = where === '';
    const mayBeAbsent = entry.optional || entry.devOptional || entry.peer;
    if (isTheProject || (mayBeAbsent && !installed[where])) continue;
    if (installed[where]?.version !== entry.version) return false;
  }
  return true;
}

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockEntry
 * @param {string} file
 * @returns {Record<string, LockEntry> | undefined}
 */
function readPackages(file) {
  const text = readText(file);
  return text === undefined ? undefined : JSON.parse(text).packages;
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
