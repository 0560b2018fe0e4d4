// The packaged extension: what ships, and therefore what the rigs run.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readStamp, sourcesFingerprint } from '../../support/buildStamp.mjs';
import { runNpmScript } from '../../support/npmScript.mjs';
import { distDir } from '../../support/paths.mjs';

const vsix = path.join(distDir, 'wasm-sandbox-python.vsix');
const stampPath = `${vsix}.stamp`;

/** @type {Promise<string> | undefined} */
let made;

/**
 * Packages the extension, where its sources changed since the last time.
 * @returns {Promise<string>} the .vsix; the one that VSIX names, if it is set
 */
export async function ensureVsix() {
  if (process.env.VSIX) return path.resolve(process.env.VSIX);
  made ??= makeVsix();
  return made;
}

async function makeVsix() {
  const fingerprint = sourcesFingerprint();
  if (existsSync(vsix) && readStamp(stampPath) === fingerprint) return vsix;
  const { failures } = await runNpmScript('package');
  if (failures[0]) throw new Error(`cannot package the extension\n${failures[0].error}`);
  writeFileSync(stampPath, fingerprint);
  return vsix;
}
