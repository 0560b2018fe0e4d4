// Restores the committed artefacts in this process and runs programs: what smoke.mjs and check.mjs share.

import { randomFillSync } from 'node:crypto';
import fs from 'node:fs';
import { instantiate, realClock } from './guest.mjs';
import { decodeImage } from './image.mjs';

const WASM_PAGE = 65536;
const OP_RUN = 1;
const REPORT_REFUSED = 3;

/**
 * @typedef {object} Runtime
 * @property {WebAssembly.Module} module
 * @property {Uint8Array} archive
 * @property {import('./image.mjs').Image} image
 */

/**
 * @param {URL} folder where python.wasm, python.img and python314.zip are
 * @returns {Runtime}
 */
export function loadRuntime(folder) {
  const read = (/** @type {string} */ name) =>
    new Uint8Array(fs.readFileSync(new URL(name, folder)));
  return {
    module: new WebAssembly.Module(read('python.wasm')),
    archive: read('python314.zip'),
    image: decodeImage(read('python.img')),
  };
}

/**
 * @typedef {object} Result
 * @property {number} code exit code
 * @property {boolean} uncaught
 * @property {boolean} memoryLimit
 * @property {boolean} interrupted
 * @property {string} stdout
 * @property {string} stderr
 * @property {any} exception the structured report, if any
 * @property {string | undefined} value the repr of the last expression, if shown
 * @property {string[]} refused what was refused since the restore or the run before
 */

/**
 * @typedef {object} GuestSettings
 * @property {number} [memoryMb]
 * @property {number} [stackKb]
 * @property {(kind: number) => number} [poll]
 * @property {string} [stdin]
 * @property {string[]} [environment]
 * @property {number} [longestSleepMs] a sleep ends after so long; the guest then polls, and goes on sleeping
 */

/** @typedef {(settings?: GuestSettings) => ReturnType<typeof restore>} MakeGuest */

/**
 * One interpreter, restored from the snapshot.
 *
 * @param {Runtime} runtime
 * @param {GuestSettings} [settings]
 */
export function restore({ module, archive, image }, settings = {}) {
  const initial = image.memoryBytes / WASM_PAGE;
  const maximum = Math.max(initial, (settings.memoryMb ?? 512) * 16);
  const memory = new WebAssembly.Memory({ initial, maximum });
  /** @type {string[]} */
  const written = ['', '', ''];
  const decoders = written.map(() => new TextDecoder());
  /** @type {Map<number, string>} */
  const reports = new Map();
  /** @type {string[]} */
  const refused = [];
  const decodeRefused = new TextDecoder('utf-8', { fatal: true });
  const instance = instantiate({
    module,
    memory,
    archive,
    clock: realClock(image.monotonicNanoseconds, settings.longestSleepMs),
    fillRandom: (bytes) => void randomFillSync(bytes),
    output: (fd, bytes) => (written[fd] += decoders[fd].decode(bytes, { stream: true })),
    report: (kind, bytes) => {
      if (kind === REPORT_REFUSED) refused.push(decodeRefused.decode(bytes));
      else reports.set(kind, new TextDecoder().decode(bytes));
    },
    poll: settings.poll,
    stdin: settings.stdin,
    environment: settings.environment,
  });
  const exports = /** @type {any} */ (instance.exports);
  const bytes = new Uint8Array(memory.buffer);
  for (const run of image.runs) bytes.set(run.bytes, run.start);
  exports.__stack_pointer.value = image.stackPointer;

  const send = (/** @type {Uint8Array} */ payload) => {
    const start = exports.rt_buffer(payload.length) >>> 0;
    new Uint8Array(memory.buffer).set(payload, start);
    return payload.length;
  };
  if (exports.rt_restored(send(randomFillSync(new Uint8Array(32)))) !== 0) {
    throw new Error(`rt_restored failed: ${written.join('')}`);
  }
  if (exports.rt_stack_limit(settings.stackKb ?? 160) !== 0) throw new Error('rt_stack_limit');

  return {
    exports,
    memory,
    /**
     * @param {string | Uint8Array | (string | Uint8Array)[]} source
     * @param {object} [options] fields of the header, but `blocks` may be left to this function
     * @returns {Result}
     */
    run(source, options = {}) {
      written.fill('');
      reports.clear();
      const status = exports.rt_call(OP_RUN, send(encodeProgram(source, options)));
      const exception = reports.get(1);
      return {
        code: status < 0 ? status : status & 0xff,
        uncaught: status > 0 && (status & 0x100) !== 0,
        memoryLimit: status > 0 && (status & 0x200) !== 0,
        interrupted: status > 0 && (status & 0x400) !== 0,
        stdout: written[1],
        stderr: written[2],
        exception: exception === undefined ? undefined : JSON.parse(exception),
        value: reports.get(2),
        refused: refused.splice(0),
      };
    },
  };
}

/**
 * @param {string | Uint8Array | (string | Uint8Array)[]} source
 * @param {object} options
 */
function encodeProgram(source, options) {
  const parts = (Array.isArray(source) ? source : [source]).map((part) =>
    typeof part === 'string' ? new TextEncoder().encode(part) : part,
  );
  const header = new TextEncoder().encode(
    JSON.stringify({
      filename: 'sample.py',
      display: false,
      encoding: 'utf-8',
      blocks: parts.map((part) => ({ bytes: part.length, firstLine: 1, indented: false })),
      ...options,
    }),
  );
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, header.length, true);
  return new Uint8Array(Buffer.concat([length, header, ...parts]));
}
