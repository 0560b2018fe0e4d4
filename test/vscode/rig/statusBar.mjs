/** The status bar. */
export class StatusBar {
  #page;

  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.#page = page;
  }

  /**
   * @param {string | RegExp} text
   * @returns {import('playwright-core').Locator} to wait for, to read or to click
   */
  item(text) {
    return this.#page.locator('.part.statusbar .statusbar-item a', { hasText: text });
  }
}
