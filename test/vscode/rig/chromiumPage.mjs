// A page of headless Chromium with a fresh profile.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumArgs, ensureChromium } from '../../support/chromium.mjs';
import { createProfile } from './profile.mjs';

// Headless Chromium blocks storage in cross-origin frames, and VS Code for the Web runs its
// extensions and webviews in such: with storage blocked they have no IndexedDB and no cache.
const preferences = {
  profile: {
    cookie_controls_mode: 0,
    block_third_party_cookies: false,
    default_content_setting_values: { cookies: 1 },
  },
};

/** @typedef {{ width: number, height: number, deviceScaleFactor: number }} WindowSize */

/** @type {WindowSize} */
const usualSize = { width: 1280, height: 800, deviceScaleFactor: 1 };

/**
 * @param {object} [options]
 * @param {WindowSize} [options.size] of the window
 * @param {boolean} [options.verbose] prints the console of the page
 * @returns {Promise<{ page: import('playwright-core').Page, close: () => Promise<void> }>}
 */
export async function openPage({ size = usualSize, verbose = false } = {}) {
  const { deviceScaleFactor, ...viewport } = size;
  const profile = createProfile('chromium');
  mkdirSync(path.join(profile.dir, 'Default'));
  writeFileSync(path.join(profile.dir, 'Default/Preferences'), JSON.stringify(preferences));
  const context = await chromium.launchPersistentContext(profile.dir, {
    executablePath: ensureChromium(),
    args: chromiumArgs,
    viewport,
    deviceScaleFactor,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  if (verbose) {
    page.on('console', (message) => console.log(`    [${message.type()}] ${message.text()}`));
    page.on('pageerror', (error) => console.log(`    [page error] ${error.message}`));
  }
  const close = async () => {
    await context.close();
    profile.remove();
  };
  return { page, close };
}
