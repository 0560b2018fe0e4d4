import { DisposableStore } from '../common/disposable.js';
import { errorMessage } from '../common/errorMessage.js';
import { guestText } from '../protocol/guestText.js';
import {
  MAX_REFUSED_MESSAGES,
  MAX_REPORTS,
  SIGNAL,
  type FromWorker,
  type OutputMessage,
  type ReportMessage,
} from '../protocol/messages.js';
import type { FailureCode } from '../protocol/outcome.js';
import { parseTraceback } from '../protocol/parseTraceback.js';
import { SandboxFailure } from './failure.js';
import { encodeRequest } from './program.js';
import type { Run } from './run.js';
import type { Standby } from './standby.js';
import type { WorkerLink } from './workerLink.js';

/** How long KeyboardInterrupt may take before the program is cut off. */
const INTERRUPT_GRACE_MS = 2000;
/** How long cutting off may take before the worker is ended. */
const ABORT_GRACE_MS = 250;

/** Takes one run through a worker: sends it, carries out what its state asks for, listens. */
export class RunDriver {
  readonly run: Run;
  readonly #standby: Standby;
  readonly #request: Uint8Array;
  readonly #store = new DisposableStore();
  #link: WorkerLink | null = null;
  #nextSequence = 0;
  #outputBytes = 0;
  #reports = 0;
  #refusedMessages = 0;
  #workerIsWell = false;
  #settled!: () => void;
  readonly #whenSettled = new Promise<void>((resolve) => {
    this.#settled = resolve;
  });

  /** @throws InvalidProgramError */
  constructor(run: Run, standby: Standby) {
    this.run = run;
    this.#standby = standby;
    this.#request = encodeRequest(run.program);
  }

  /** Resolves when the run is settled and its worker given back. Never rejects. */
  async drive(): Promise<void> {
    let link: WorkerLink;
    try {
      link = await this.#standby.acquire(this.run.policy);
    } catch (error) {
      const failure =
        error instanceof SandboxFailure ? error : new SandboxFailure('workerStart', String(error));
      this.fail(failure.code, failure.detail);
      return;
    }
    if (this.run.state.kind !== 'waiting') {
      // Stopped while the worker was starting: it is still unused.
      this.#standby.putBack();
      return;
    }
    this.#begin(link);
    await this.#whenSettled;
    this.#store.dispose();
  }

  /** Carries out a request to stop. */
  stop(): void {
    this.run.apply({ kind: 'stopRequested' });
  }

  fail(code: FailureCode, detail: string): void {
    this.run.apply({ kind: 'failed', code, detail });
  }

  #begin(link: WorkerLink): void {
    const { run } = this;
    this.#link = link;
    this.#store.add(
      run.onDidChangeState(() => {
        this.#enterState();
      }),
    );
    this.#store.add(
      link.onMessage((message) => {
        this.#receive(message);
      }),
    );
    this.#store.add(
      link.onFailure((failure) => {
        this.fail(failure.code, failure.detail);
      }),
    );
    run.apply({ kind: 'started' });
    if (link.failure !== null) {
      // In the same moment in which it was handed out.
      this.fail(link.failure.code, link.failure.detail);
      return;
    }
    try {
      link.run({ kind: 'run', runId: run.id, request: this.#request, ...run.policy });
    } catch (error) {
      this.fail('workerLost', errorMessage(error));
      return;
    }
    this.#after(run.policy.limits.timeoutMs, () => {
      run.apply({ kind: 'timeLimitReached' });
    });
  }

  #receive(message: FromWorker): void {
    if (!('runId' in message)) return;
    if (message.runId !== this.run.id) {
      this.fail('protocol', `a message for run ${String(message.runId)}`);
      return;
    }
    switch (message.kind) {
      case 'output':
        this.#output(message);
        break;
      case 'report':
        this.#report(message);
        break;
      case 'refused':
        if (++this.#refusedMessages > MAX_REFUSED_MESSAGES) {
          this.fail('protocol', 'too many messages on refused calls');
        } else {
          this.run.note({ refusals: message.refusals });
        }
        break;
      case 'ended':
        this.#workerIsWell = message.end.kind !== 'failed';
        this.run.note({ usage: message });
        // A report of an exception counts only where one ended the program.
        if (message.end.kind !== 'returned' || !message.end.uncaught) {
          this.run.note({ traceback: null });
        }
        this.run.apply({ kind: 'ended', end: message.end });
        break;
    }
  }

  #output(message: OutputMessage): void {
    if (message.sequence !== this.#nextSequence++) {
      this.fail('protocol', 'output out of order');
      return;
    }
    for (const { stream, bytes } of message.chunks) {
      const room = this.run.policy.limits.outputBytes - this.#outputBytes;
      this.#outputBytes += bytes.length;
      if (room > 0) this.run.emitOutput({ stream, bytes: bytes.subarray(0, room) });
      if (bytes.length > room) {
        // The worker should have stopped by itself; do not trust it to.
        this.run.apply({ kind: 'outputLimitReached' });
        return;
      }
    }
  }

  #report({ report, bytes }: ReportMessage): void {
    if (++this.#reports > MAX_REPORTS) {
      this.fail('protocol', 'too many reports');
    } else if (report === 'exception') {
      this.run.note({ traceback: parseTraceback(bytes) });
    } else if (this.run.program.displayLastExpression) {
      this.run.note({ value: guestText(new TextDecoder().decode(bytes)) });
    }
  }

  #enterState(): void {
    const { run } = this;
    const link = this.#link;
    if (link === null) return;
    switch (run.state.kind) {
      case 'interrupting':
        if (link.canSignal) link.signal(run.id, SIGNAL.interrupt);
        this.#after(link.canSignal ? INTERRUPT_GRACE_MS : 0, () => {
          run.apply({ kind: 'interruptIgnored' });
        });
        break;
      case 'aborting':
        if (link.canSignal) link.signal(run.id, SIGNAL.abort);
        // Even where no signal arrives, one turn of the event loop lets output that is under way in.
        this.#after(link.canSignal ? ABORT_GRACE_MS : 0, () => {
          run.apply({ kind: 'killed' });
        });
        break;
      case 'settled':
        this.#giveBack(link);
        this.#settled();
        break;
      default:
        break;
    }
  }

  #giveBack(link: WorkerLink): void {
    const { state } = this.run;
    const hasFailed = state.kind === 'settled' && state.outcome.kind === 'failed';
    this.#link = null;
    if (this.#workerIsWell && !hasFailed) this.#standby.release(link);
    else this.#standby.discard(link);
  }

  #after(delayMs: number, action: () => void): void {
    const timer = setTimeout(action, delayMs);
    this.#store.add({
      dispose: () => {
        clearTimeout(timer);
      },
    });
  }
}
