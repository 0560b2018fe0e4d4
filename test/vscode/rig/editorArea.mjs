/** The text editor: opening documents, selecting, the context menu. */
export class EditorArea {
  #page;
  #palette;

  /**
   * @param {import('playwright-core').Page} page
   * @param {import('./palette.mjs').Palette} palette
   */
  constructor(page, palette) {
    this.#page = page;
    this.#palette = palette;
  }

  /**
   * Opens a file from the root of the workspace, through the explorer.
   * @param {string} name
   */
  async open(name) {
    const row = this.#page.locator('.explorer-folders-view .monaco-list-row', {
      has: this.#page.getByText(name, { exact: true }),
    });
    // A double click keeps the editor open; a single one opens a preview.
    await row.dblclick();
    await this.#activeTab(name).waitFor();
    await this.focus();
  }

  /**
   * Opens a document that has no file.
   * @param {string} text
   * @param {string} language as in the list of languages, such as `Python`
   */
  async openUntitled(text, language) {
    await this.#palette.runCommand('File: New Untitled Text File');
    await this.#activeTab(/^Untitled-/).waitFor();
    await this.focus();
    const mode = this.#page.locator('#status\\.editor\\.mode', { hasText: language });
    // On a busy machine the list of languages may close before it takes the answer: ask again.
    while (!(await mode.isVisible())) {
      await this.#palette.runCommand('Change Language Mode');
      await this.#palette.answer(language);
      await mode.waitFor({ timeout: 5000 }).catch(ignoreTimeout);
    }
    await this.focus();
    // Pasted, not typed: typing would indent and close brackets on its own.
    await this.#page.evaluate((value) => navigator.clipboard.writeText(value), text);
    await this.#page.keyboard.press('ControlOrMeta+V');
    await this.#lines.filter({ hasText: /\S/ }).first().waitFor();
  }

  /** Puts the keyboard focus into the editor. */
  async focus() {
    await this.#page.keyboard.press('ControlOrMeta+1');
    await this.#page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
  }

  /**
   * Puts the cursor somewhere.
   * @param {number} line from 1
   * @param {number} [column] from 1
   */
  async goTo(line, column = 1) {
    await this.focus();
    await this.#page.keyboard.press('Control+G');
    await this.#palette.answer(`:${line}:${column}`);
    await this.#selectionStatus(new RegExp(`^Ln ${line}, Col ${column}$`)).waitFor();
  }

  /**
   * Selects whole lines.
   * @param {number} first from 1
   * @param {number} last included
   */
  async selectLines(first, last) {
    await this.goTo(first);
    for (let line = first; line < last; line++) await this.#page.keyboard.press('Shift+ArrowDown');
    await this.#page.keyboard.press('Shift+End');
    await this.#selectionStatus(new RegExp(`^Ln ${last}, .*selected`)).waitFor();
  }

  /**
   * Opens the context menu at a line, without moving the cursor where the line is selected.
   * @param {number} line from 1, must be in view
   * @param {string} item
   */
  async clickContextMenu(line, item) {
    await (await this.#lineInView(line)).click({ button: 'right', position: { x: 10, y: 5 } });
    const menu = this.#page.locator('.context-view .monaco-menu');
    // Not by role and name, for the name goes on with the key binding.
    const entry = menu.locator('.action-label').getByText(item, { exact: true });
    await entry.waitFor();
    // For its first 100 ms a menu ignores clicks, lest the click that opened it chooses an item.
    while (await menu.isVisible()) {
      await entry.click({ timeout: 1000 }).catch(ignoreTimeout);
      await menu.waitFor({ state: 'hidden', timeout: 500 }).catch(ignoreTimeout);
    }
  }

  /** @param {number} line */
  async #lineInView(line) {
    const lineNumbers = this.#page.locator('.editor-instance .line-numbers');
    const number = lineNumbers.getByText(String(line), { exact: true }).first();
    const box = await number.boundingBox();
    if (!box) throw new Error(`line ${line} is not in view`);
    // The numbers stand apart from the lines; what they share is the height at which they are.
    for (const candidate of await this.#lines.all()) {
      const lineBox = await candidate.boundingBox();
      if (lineBox && Math.abs(lineBox.y - box.y) < 2) return candidate;
    }
    throw new Error(`no text beside line number ${line}`);
  }

  /**
   * @param {string | RegExp} name
   * @returns {import('playwright-core').Locator} the tab of the active editor, to wait for
   */
  tab(name) {
    return this.#activeTab(name);
  }

  /**
   * @param {RegExp} text
   * @returns {import('playwright-core').Locator} the lines in view that hold it, to wait for
   */
  lines(text) {
    return this.#lines.filter({ hasText: text });
  }

  get #lines() {
    return this.#page.locator('.editor-instance .view-lines .view-line');
  }

  /** @param {string | RegExp} name */
  #activeTab(name) {
    return this.#page.locator('.tabs-container .tab.active', { hasText: name });
  }

  /** @param {RegExp} text */
  #selectionStatus(text) {
    return this.#page.locator('#status\\.editor\\.selection a', { hasText: text });
  }
}

/** @param {unknown} error */
function ignoreTimeout(error) {
  if (!(error instanceof Error && error.name === 'TimeoutError')) throw error;
}
