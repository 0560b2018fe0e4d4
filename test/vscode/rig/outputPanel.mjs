/** The output panel, of which only the lines in view are in the page. */
export class OutputPanel {
  #page;

  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** @returns {Promise<string>} the name of the channel that is shown */
  async channelName() {
    const select = this.#page.getByLabel('Switch Output').first();
    return select.evaluate((element) => {
      const { selectedOptions } = /** @type {HTMLSelectElement} */ (element);
      return selectedOptions[0]?.text ?? '';
    });
  }

  /**
   * Waits until so many lines of the channel match. Of a long channel the page holds the end only,
   * to which the panel scrolls by itself.
   * @param {RegExp} pattern
   * @param {number} count
   * @param {{ timeoutMs?: number }} [options]
   */
  async waitForLines(pattern, count, { timeoutMs = 30_000 } = {}) {
    await this.#page.waitForFunction(
      ({ selector, source, wanted }) => {
        const lines = [...document.querySelectorAll(selector)];
        // The editor shows spaces as no-break spaces.
        const texts = lines.map((line) => (line.textContent ?? '').replace(/\u00a0/g, ' '));
        return texts.filter((text) => new RegExp(source).test(text)).length === wanted;
      },
      { selector: '.output-view .view-line', source: pattern.source, wanted: count },
      { timeout: timeoutMs },
    );
  }

  /** @returns {Promise<string>} the whole text of the channel, as a user would copy it */
  async text() {
    const page = this.#page;
    // A mark tells the text that was copied from what the clipboard held before.
    const mark = `nothing copied ${Math.random()}`;
    await page.evaluate((value) => navigator.clipboard.writeText(value), mark);
    // Not the lines: they are a layer that is scrolled out of view.
    await page.locator('.output-view .monaco-scrollable-element').first().click();
    await page.locator('.output-view .monaco-editor.focused').waitFor();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('ControlOrMeta+C');
    const copied = await page.waitForFunction(
      async (before) => {
        const text = await navigator.clipboard.readText();
        return text === before ? false : { text };
      },
      mark,
      { timeout: 5000 },
    );
    const { text } = /** @type {{ text: string }} */ (await copied.jsonValue());
    // Else the next command would act on the output instead of on the editor.
    await page.keyboard.press('ControlOrMeta+1');
    return text.replace(/\r\n/g, '\n');
  }
}
