import { type Disposable } from '../common/disposable.js';
import { Emitter, type Event } from '../common/emitter.js';
import { resolvePolicy } from './policy.js';
import { Run, type RunRequest } from './run.js';
import { RunDriver } from './runDriver.js';
import type { SandboxHost } from './sandboxHost.js';
import { Standby } from './standby.js';

export interface SandboxOptions {
  /** How long a prepared worker is kept without a run; default 10 minutes. */
  readonly idleReleaseMs?: number;
}

/**
 * Runs programs one after the other, each on an interpreter that nobody used before. The next one
 * is prepared ahead in a standing worker.
 */
export class Sandbox implements Disposable {
  readonly #standby: Standby;
  readonly #queue: RunDriver[] = [];
  readonly #onDidChangeQueue = new Emitter<void>();
  #active: RunDriver | null = null;
  #nextRunId = 1;
  #isDisposed = false;

  /** A run was added, started or ended. */
  readonly onDidChangeQueue: Event<void> = this.#onDidChangeQueue.event;

  constructor(host: SandboxHost, options: SandboxOptions = {}) {
    this.#standby = new Standby(host, options.idleReleaseMs ?? 10 * 60_000);
  }

  /** The runs that are not over, the active one first. */
  get runs(): readonly Run[] {
    const drivers = this.#active === null ? this.#queue : [this.#active, ...this.#queue];
    return drivers.map((driver) => driver.run);
  }

  /**
   * Puts a run at the end of the queue.
   * @throws InvalidPolicyError, InvalidProgramError if the request is not sound; nothing runs then.
   */
  start(request: RunRequest): Run {
    const run = new Run(
      this.#nextRunId++,
      request.program,
      resolvePolicy(request.policy),
      (stopped) => {
        this.#stop(stopped);
      },
    );
    if (this.#isDisposed) {
      run.apply({ kind: 'failed', code: 'disposed', detail: 'the sandbox is closed' });
      return run;
    }
    this.#queue.push(new RunDriver(run, this.#standby));
    this.#onDidChangeQueue.fire();
    this.#next();
    return run;
  }

  /** Starts to prepare an interpreter, so that the first run need not wait. Never rejects. */
  prepare(): void {
    if (!this.#isDisposed) this.#standby.prepare();
  }

  /** Resolves once an interpreter stands ready. Rejects with SandboxFailure if none can. */
  async whenReady(): Promise<void> {
    await this.#standby.ready();
  }

  #next(): void {
    if (this.#active !== null) return;
    const driver = this.#queue.shift();
    if (driver === undefined) return;
    this.#active = driver;
    void driver.drive().finally(() => {
      this.#active = null;
      this.#onDidChangeQueue.fire();
      this.#next();
    });
  }

  #stop(run: Run): void {
    const place = this.#queue.findIndex((driver) => driver.run === run);
    if (place >= 0) {
      this.#queue.splice(place, 1);
      run.apply({ kind: 'stopRequested' });
      this.#onDidChangeQueue.fire();
    } else if (this.#active?.run === run) {
      this.#active.stop();
    }
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    const closed = { kind: 'failed', code: 'disposed', detail: 'the sandbox is closed' } as const;
    for (const driver of this.#queue.splice(0)) driver.run.apply(closed);
    this.#active?.fail(closed.code, closed.detail);
    this.#standby.dispose();
    this.#onDidChangeQueue.dispose();
  }
}
