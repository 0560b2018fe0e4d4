// A small host for the recipe and its checks: enough WASI to start the interpreter, to snapshot it and to run programs.
// It is no sandbox, and not the extension's host.

import {
  ConsoleStdout,
  Directory,
  File,
  OpenFile,
  PreopenDirectory,
  WASI,
  wasi as definitions,
} from '@bjorn3/browser_wasi_shim';

const { Fdstat } = definitions;
const FILETYPE_UNKNOWN = 0;
const CLOCK_REALTIME = 0;
const EVENT_BYTES = 32;
const SUBSCRIPTION_BYTES = 48;
const EVENTTYPE_CLOCK = 0;

/**
 * @typedef {object} Clock
 * @property {(id: number) => bigint} now nanoseconds on that WASI clock
 * @property {(nanoseconds: bigint) => void} sleep
 */

/**
 * @typedef {object} GuestOptions
 * @property {WebAssembly.Module} module
 * @property {WebAssembly.Memory} memory
 * @property {Uint8Array} archive python314.zip
 * @property {Clock} clock
 * @property {(bytes: Uint8Array) => void} fillRandom
 * @property {(fd: number, bytes: Uint8Array) => void} [output]
 * @property {(kind: number) => number} [poll]
 * @property {(kind: number, bytes: Uint8Array) => void} [report]
 * @property {string} [stdin]
 * @property {string[]} [environment]
 */

/**
 * @param {GuestOptions} options
 * @returns {WebAssembly.Instance}
 */
export function instantiate(options) {
  const { module, memory, archive } = options;
  const output = options.output ?? (() => {});
  const wasi = new WASI(
    [],
    options.environment ?? [],
    [
      new OpenFile(new File(new TextEncoder().encode(options.stdin ?? ''))),
      new ConsoleStdout((bytes) => output(1, bytes)),
      new ConsoleStdout((bytes) => output(2, bytes)),
      rootFolder(archive),
    ],
    { debug: false },
  );
  // The shim calls its output a terminal. It is a pipe, or Python would colour what it prints.
  for (const fd of [1, 2]) {
    wasi.fds[fd].fd_fdstat_get = () => ({ ret: 0, fdstat: new Fdstat(FILETYPE_UNKNOWN, 0) });
  }
  const view = () => new DataView(memory.buffer);
  const instance = new WebAssembly.Instance(module, {
    env: { memory },
    rt: {
      poll: options.poll ?? (() => 0),
      yield: () => 0,
      report: (
        /** @type {number} */ kind,
        /** @type {number} */ start,
        /** @type {number} */ size,
      ) => {
        options.report?.(kind, new Uint8Array(memory.buffer, start >>> 0, size).slice());
        return 0;
      },
    },
    wasi_snapshot_preview1: {
      ...wasi.wasiImport,
      clock_time_get: (
        /** @type {number} */ id,
        /** @type {bigint} */ _precision,
        /** @type {number} */ out,
      ) => {
        view().setBigUint64(out, options.clock.now(id), true);
        return 0;
      },
      random_get: (/** @type {number} */ start, /** @type {number} */ size) => {
        options.fillRandom(new Uint8Array(memory.buffer, start >>> 0, size));
        return 0;
      },
      // The shim does not support setting times, which copying a folder does.
      fd_filestat_set_times: () => 0,
      path_filestat_set_times: () => 0,
      poll_oneoff: (
        /** @type {number} */ input,
        /** @type {number} */ out,
        /** @type {number} */ count,
        /** @type {number} */ eventCount,
      ) => pollOneoff(view(), options.clock, input, out, count, eventCount),
    },
  });
  // The shim takes the memory from the instance's exports.
  wasi.inst = { exports: /** @type {any} */ ({ memory }) };
  return instance;
}

/** @param {Uint8Array} archive */
function rootFolder(archive) {
  const folder = (/** @type {[string, any][]} */ ...entries) => new Directory(new Map(entries));
  const lib = folder(['python314.zip', new File(archive, { readonly: true })]);
  return new PreopenDirectory(
    '/',
    new Map([
      ['tmp', folder()],
      ['workspace', folder()],
      ['usr', folder(['local', folder(['lib', lib])])],
    ]),
  );
}

/**
 * Descriptors are always ready here; only when there are none does a clock make the guest wait.
 *
 * @param {DataView} view
 * @param {Clock} clock
 * @param {number} input
 * @param {number} out
 * @param {number} count
 * @param {number} eventCount
 */
function pollOneoff(view, clock, input, out, count, eventCount) {
  const subscriptions = Array.from({ length: count }, (_, index) => {
    const at = input + index * SUBSCRIPTION_BYTES;
    return { at, type: view.getUint8(at + 8) };
  });
  let ready = subscriptions.filter(({ type }) => type !== EVENTTYPE_CLOCK);
  if (ready.length === 0) {
    const waits = subscriptions.map(({ at }) => {
      const timeout = view.getBigUint64(at + 24, true);
      const absolute = (view.getUint16(at + 40, true) & 1) === 1;
      return absolute ? timeout - clock.now(view.getUint32(at + 16, true)) : timeout;
    });
    const shortest = waits.reduce((least, wait) => (wait < least ? wait : least));
    if (shortest > 0n) clock.sleep(shortest);
    ready = subscriptions.filter((_, index) => waits[index] <= shortest);
  }
  ready.forEach(({ at, type }, index) => {
    const event = out + index * EVENT_BYTES;
    for (let offset = 0; offset < EVENT_BYTES; offset++) view.setUint8(event + offset, 0);
    view.setBigUint64(event, view.getBigUint64(at, true), true);
    view.setUint8(event + 10, type);
  });
  view.setUint32(eventCount, ready.length, true);
  return 0;
}

/**
 * A clock that counts the questions it is asked: the same in every build.
 *
 * @param {number} epochSeconds
 */
export function countingClock(epochSeconds) {
  let monotonic = 0n;
  return {
    now(/** @type {number} */ id) {
      monotonic += 1000n;
      return id === CLOCK_REALTIME ? BigInt(epochSeconds) * 1_000_000_000n + monotonic : monotonic;
    },
    sleep(/** @type {bigint} */ nanoseconds) {
      monotonic += nanoseconds;
    },
    last: () => monotonic,
  };
}

/**
 * The machine's clock; monotonic time goes on from where a snapshot left it.
 *
 * @param {bigint} [monotonicStart]
 * @param {number} [longestSleepMs]
 * @returns {Clock}
 */
export function realClock(monotonicStart = 0n, longestSleepMs = Infinity) {
  const started = process.hrtime.bigint();
  const cell = new Int32Array(new SharedArrayBuffer(4));
  return {
    now: (id) =>
      id === CLOCK_REALTIME
        ? BigInt(Date.now()) * 1_000_000n
        : monotonicStart + process.hrtime.bigint() - started,
    sleep: (nanoseconds) =>
      void Atomics.wait(cell, 0, 0, Math.min(longestSleepMs, Number(nanoseconds) / 1e6)),
  };
}

/**
 * Entropy that is the same in every build (xorshift32).
 *
 * @param {number} seed
 */
export function fixedEntropy(seed) {
  let state = seed >>> 0 || 1;
  return (/** @type {Uint8Array} */ bytes) => {
    for (let index = 0; index < bytes.length; index++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      bytes[index] = state & 0xff;
    }
  };
}
