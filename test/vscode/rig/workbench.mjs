// A VS Code window under test: what a user sees and does.
import { openPage } from './chromiumPage.mjs';
import { EditorArea } from './editorArea.mjs';
import { startHost } from './hosts.mjs';
import { Notifications } from './notifications.mjs';
import { OutputPanel } from './outputPanel.mjs';
import { Palette } from './palette.mjs';
import { screenshot } from './screenshot.mjs';
import { StatusBar } from './statusBar.mjs';

export class Workbench {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
    this.palette = new Palette(page);
    this.editor = new EditorArea(page, this.palette);
    this.output = new OutputPanel(page);
    this.notifications = new Notifications(page);
    this.statusBar = new StatusBar(page);
  }

  /** @param {string} label as the palette shows it, such as `Wasm Sandbox: Stop` */
  async runCommand(label) {
    await this.palette.runCommand(label);
  }

  /**
   * Clicks a button of the dialog that is open.
   * @param {string | RegExp} button
   */
  async clickDialog(button) {
    const dialog = this.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: button }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /**
   * @param {string} name of the picture in .rig/shots/
   */
  async screenshot(name) {
    return screenshot(this.page, name);
  }
}

/**
 * @typedef {import('./hosts.mjs').HostOptions & { size?: import('./chromiumPage.mjs').WindowSize }} WorkbenchOptions
 */

/**
 * Starts a host and opens a window on it.
 * @param {import('./hosts.mjs').HostName} hostName
 * @param {WorkbenchOptions} options
 * @returns {Promise<{ workbench: Workbench, close: () => Promise<void> }>}
 */
export async function openWorkbench(hostName, options) {
  const host = await startHost(hostName, options);
  /** @type {Awaited<ReturnType<typeof openPage>> | undefined} */
  let browser;
  const close = async () => {
    await browser?.close();
    await host.stop();
  };
  try {
    const { size, verbose = false } = options;
    browser = await openPage({ verbose, ...(size ? { size } : {}) });
    await browser.page.goto(host.url);
    await browser.page.locator('.part.statusbar').waitFor({ timeout: 60_000 });
    return { workbench: new Workbench(browser.page), close };
  } catch (error) {
    await close();
    throw error;
  }
}
