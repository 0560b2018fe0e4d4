/** Notifications in the corner of the window. */
export class Notifications {
  #page;

  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.#page = page;
  }

  /**
   * @param {string | RegExp} text
   * @returns {import('playwright-core').Locator} to wait for, with `waitFor()`
   */
  toast(text) {
    return this.#page.locator('.notifications-toasts .notification-toast', { hasText: text });
  }

  /**
   * @param {string | RegExp} text
   * @param {string} button
   */
  async click(text, button) {
    await this.toast(text).getByRole('button', { name: button, exact: true }).click();
  }
}
