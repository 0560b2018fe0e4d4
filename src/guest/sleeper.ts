import { SIGNAL } from '../protocol/messages.js';
import type { GuestClock } from './guestClock.js';
import type { OutputBatcher } from './outputBatcher.js';
import type { SignalFlag } from './signalFlag.js';
import { Unwind } from './unwind.js';

/** The longest single wait that timers take. */
const MAX_WAIT_MS = 2 ** 31 - 1;

/** Lets the guest wait, in the way that this worker can. */
export class Sleeper {
  readonly #signals: SignalFlag;
  readonly #output: OutputBatcher;
  readonly #clock: GuestClock;
  /** Whether waits are suspended (JSPI) rather than blocking the thread. */
  readonly isSuspending: boolean;

  constructor(
    signals: SignalFlag,
    output: OutputBatcher,
    clock: GuestClock,
    isSuspending: boolean,
  ) {
    this.#signals = signals;
    this.#output = output;
    this.#clock = clock;
    this.isSuspending = isSuspending;
  }

  /**
   * Waits, or less if a signal comes. `then` turns "was interrupted" into the import's result.
   * @throws Unwind on abort
   */
  sleep<T>(durationMs: number, then: (interrupted: boolean) => T): T | Promise<T> {
    this.#output.flush();
    const waitMs = this.#clock.skip(durationMs) ? 0 : durationMs;
    const startedAt = performance.now();
    const finish = (): T => {
      if (this.#signals.pending === SIGNAL.abort) throw new Unwind({ kind: 'abort' });
      return then(this.#signals.pending === SIGNAL.interrupt);
    };
    if (this.isSuspending) return this.#suspend(startedAt + waitMs).then(finish);
    const remaining = (): number => startedAt + waitMs - performance.now();
    while (this.#signals.pending === SIGNAL.none && remaining() > 0) {
      // Without shared memory and JSPI nothing can wake this thread: only the clock is left to read.
      if (this.#signals.isShared) this.#signals.waitSync(Math.min(remaining(), MAX_WAIT_MS));
    }
    return finish();
  }

  async #suspend(untilMs: number): Promise<void> {
    do {
      // Even a sleep of no time lets the worker take its messages.
      const waitMs = Math.min(Math.max(untilMs - performance.now(), 0), MAX_WAIT_MS);
      await this.#signals.wait(waitMs);
    } while (this.#signals.pending === SIGNAL.none && performance.now() < untilMs);
  }
}
