import { CONTROL_WORD, SIGNAL } from '../protocol/messages.js';

type Signal = (typeof SIGNAL)[keyof typeof SIGNAL];

/**
 * What the engine wants of the running program: read at every poll. Shared memory where there is
 * any; else a value of our own, set by messages that arrive while the guest yields.
 */
export class SignalFlag {
  readonly #words: Int32Array;
  readonly isShared: boolean;
  #wake: (() => void) | null = null;

  constructor(shared: Int32Array | null) {
    this.isShared = shared !== null;
    this.#words = shared ?? new Int32Array(CONTROL_WORD.length);
  }

  /** The signal that waits, or none. */
  get pending(): Signal {
    return Atomics.load(this.#words, CONTROL_WORD.signal) as Signal;
  }

  /** Takes an interrupt, once; an abort stays until the run is over. */
  takeInterrupt(): boolean {
    const { interrupt, none } = SIGNAL;
    return Atomics.compareExchange(this.#words, CONTROL_WORD.signal, interrupt, none) === interrupt;
  }

  /** Sets the signal from a message. */
  set(signal: Signal): void {
    Atomics.store(this.#words, CONTROL_WORD.signal, signal);
    this.#wake?.();
  }

  /** Blocks the thread until a signal comes or the time is over. Only with shared memory. */
  waitSync(timeoutMs: number): void {
    Atomics.wait(this.#words, CONTROL_WORD.signal, SIGNAL.none, timeoutMs);
  }

  /** Resolves when a signal comes or the time is over. */
  wait(timeoutMs: number): Promise<void> {
    if (this.pending !== SIGNAL.none) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      this.#wake = done;
    });
  }
}
