/** The command palette and the other quick inputs. */
export class Palette {
  #page;

  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.#page = page;
  }

  /**
   * Runs a command as a user does.
   * @param {string} label as the palette shows it, such as `Wasm Sandbox: Stop`
   * @param {{ timeoutMs?: number }} [options]
   */
  async runCommand(label, { timeoutMs = 30_000 } = {}) {
    const row = this.#row(label);
    const deadline = Date.now() + timeoutMs;
    // The palette does not refresh while extensions load: open it again until the command is there.
    while (Date.now() < deadline) {
      await this.#page.keyboard.press('F1');
      await this.#input.fill(`>${label}`);
      try {
        await row.waitFor({ timeout: 1000 });
      } catch {
        await this.#page.keyboard.press('Escape');
        continue;
      }
      await row.click();
      return;
    }
    throw new Error(`there is no command "${label}" in the palette`);
  }

  /**
   * @param {string} label
   * @returns {Promise<boolean>} whether the palette offers the command now
   */
  async hasCommand(label) {
    await this.#page.keyboard.press('F1');
    await this.#input.fill(`>${label}`);
    // Either the command or "No matching commands": some row comes in any case.
    await this.#page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    const found = (await this.#row(label).count()) > 0;
    await this.#page.keyboard.press('Escape');
    return found;
  }

  /**
   * Picks a row of the quick pick that is open.
   * @param {string} label
   */
  async pick(label) {
    await this.#row(label).click();
  }

  /**
   * Answers the input that is open.
   * @param {string} text
   */
  async answer(text) {
    await this.#input.fill(text);
    await this.#page.keyboard.press('Enter');
  }

  get #input() {
    return this.#page.locator('.quick-input-widget:visible input.input');
  }

  /** @param {string} label */
  #row(label) {
    // A row's accessible name goes on after the label, with the key binding for one.
    const escaped = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return this.#page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: this.#page.locator('.label-name', { hasText: new RegExp(`^${escaped}$`) }) })
      .first();
  }
}
