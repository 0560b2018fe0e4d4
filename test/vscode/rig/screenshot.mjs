import path from 'node:path';
import { rigDir } from '../../support/paths.mjs';

/**
 * Leaves a picture of the page in .rig/shots/, to see what a failed test saw.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @returns {Promise<string>} the file
 */
export async function screenshot(page, name) {
  const file = path.join(rigDir, 'shots', `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}
