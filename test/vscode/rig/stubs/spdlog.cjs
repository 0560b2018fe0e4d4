// Stands in for the native module @vscode/spdlog, which is not built here.
// It matters: in the Node extension host an output channel is a log file written through it.
const fs = require('node:fs');
const path = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
const infoLevel = 2;

class Logger {
  #file;
  #level = infoLevel;
  #isRaw = false;

  /** @param {string} file */
  constructor(file) {
    this.#file = file;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.appendFileSync(file, '');
    for (const [level, name] of levels.entries()) {
      this[name] = (/** @type {string} */ message) => this.#write(level, message);
    }
  }

  setLevel(/** @type {number} */ level) {
    this.#level = level;
  }
  getLevel() {
    return this.#level;
  }
  setPattern() {
    this.#isRaw = false;
  }
  clearFormatters() {
    this.#isRaw = true;
  }
  flush() {}
  drop() {}

  /**
   * @param {number} level
   * @param {string} message
   */
  #write(level, message) {
    if (level < this.#level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    const line = this.#isRaw ? message : `${time} [${levels[level]}] ${message}\n`;
    fs.appendFileSync(this.#file, line);
  }
}

const createLogger = async (/** @type {string} */ _name, /** @type {string} */ file) =>
  new Logger(file);

// One by one: VS Code imports names, and only so does Node find them in a CommonJS module.
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
