import { MAX_REPORTS } from '../protocol/messages.js';
import type { RefusalLog } from './refusalLog.js';

/** Kinds of `rt.report`, beside that of a refused call. */
const KINDS = new Map<number, 'exception' | 'value'>([
  [1, 'exception'],
  [2, 'value'],
]);
const KIND_REFUSED = 3;
const MAX_BYTES = 512 * 1024;
const MAX_REFUSED_BYTES = 512;

/** Takes what the interpreter reports beside its output. All of it can be forged by the program. */
export class GuestReports {
  readonly #memory: WebAssembly.Memory;
  readonly #refusals: RefusalLog;
  readonly #send: (kind: 'exception' | 'value', bytes: Uint8Array) => void;
  #sent = 0;

  constructor(
    memory: WebAssembly.Memory,
    refusals: RefusalLog,
    send: (kind: 'exception' | 'value', bytes: Uint8Array) => void,
  ) {
    this.#memory = memory;
    this.#refusals = refusals;
    this.#send = send;
  }

  /** The import `rt.report`: 0 if the report was taken, 1 if it was not. */
  take(kind: number, at: number, length: number): number {
    const { buffer } = this.#memory;
    if (length > MAX_BYTES || at + length > buffer.byteLength) return 1;
    const bytes = new Uint8Array(buffer, at, length);
    if (kind === KIND_REFUSED) return this.#refused(bytes);
    const name = KINDS.get(kind);
    if (name === undefined || this.#sent >= MAX_REPORTS) return 1;
    this.#sent++;
    this.#send(name, bytes.slice());
    return 0;
  }

  /** What was refused on Python's own side: operation, target and errno, with NULs between. */
  #refused(bytes: Uint8Array): number {
    if (bytes.length > MAX_REFUSED_BYTES) return 1;
    const [operation = '', target = '', errno = ''] = new TextDecoder().decode(bytes).split('\0');
    const number = /^\d{1,3}$/.test(errno) ? Number(errno) : null;
    this.#refusals.note('guest', operation, target, number);
    return 0;
  }
}
