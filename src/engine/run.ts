import { Emitter, type Event } from '../common/emitter.js';
import type { GuestText } from '../protocol/guestText.js';
import type { OutputChunk } from '../protocol/messages.js';
import type { Outcome } from '../protocol/outcome.js';
import { NO_REFUSALS, type Refusals } from '../protocol/refusedCall.js';
import type { Traceback } from '../protocol/traceback.js';
import type { Policy, PolicyOptions } from './policy.js';
import type { Program } from './program.js';
import { reduceRun, type RunEvent, type RunState } from './runState.js';

/** What to run and what it is granted. */
export interface RunRequest {
  readonly program: Program;
  /** Default: nothing is granted, and the default limits hold. */
  readonly policy?: PolicyOptions;
}

/** All there is to say of a run when it is over. */
export interface RunResult {
  readonly outcome: Outcome;
  /** From the program's first instruction to the outcome; 0 if it never started. */
  readonly durationMs: number;
  /** Size of the linear memory at the end; 0 if not known because the worker was ended. */
  readonly memoryBytes: number;
  /** Ticks of the interpreter; 0 if not known. */
  readonly fuel: number;
  /** `repr` of the last expression, where it was to be shown and was not None. */
  readonly value: GuestText | null;
  /** What the program asked for and did not get. */
  readonly refusals: Refusals;
}

/** One run, from the queue to its outcome. Made by {@link Sandbox.start}. */
export class Run {
  readonly #onDidChangeState = new Emitter<RunState>();
  readonly #onOutput = new Emitter<OutputChunk>();
  readonly #requestStop: (run: Run) => void;
  #state: RunState = { kind: 'waiting' };
  #resolve!: (result: RunResult) => void;
  #startedAt: number | null = null;
  #usage = { memoryBytes: 0, fuel: 0 };
  #traceback: Traceback | null = null;
  #value: GuestText | null = null;
  #refusals = NO_REFUSALS;

  /** Settles once, and never rejects. */
  readonly result: Promise<RunResult>;
  readonly onDidChangeState: Event<RunState> = this.#onDidChangeState.event;
  /** Output as it comes; all of it before `result` settles. */
  readonly onOutput: Event<OutputChunk> = this.#onOutput.event;

  /** @internal */
  constructor(
    readonly id: number,
    readonly program: Program,
    readonly policy: Policy,
    requestStop: (run: Run) => void,
  ) {
    this.#requestStop = requestStop;
    this.result = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  get state(): RunState {
    return this.#state;
  }

  /** Milliseconds since the program started; 0 while it waits. */
  get elapsedMs(): number {
    return this.#startedAt === null ? 0 : performance.now() - this.#startedAt;
  }

  /** Ends the run: KeyboardInterrupt first, by force 2 s later. A waiting run ends at once. */
  stop(): void {
    this.#requestStop(this);
  }

  /** @internal Feeds the reducer. Returns the state after it. */
  apply(event: RunEvent): RunState {
    const next = reduceRun(this.#state, event, this.policy.limits);
    if (next === this.#state) return next;
    this.#state = next;
    if (next.kind === 'running') this.#startedAt = performance.now();
    this.#onDidChangeState.fire(next);
    if (next.kind === 'settled') this.#settle(next.outcome);
    return next;
  }

  /** @internal */
  emitOutput(chunk: OutputChunk): void {
    if (this.#state.kind !== 'settled') this.#onOutput.fire(chunk);
  }

  /** @internal */
  note(facts: {
    usage?: { memoryBytes: number; fuel: number };
    traceback?: Traceback | null;
    value?: GuestText;
    refusals?: Refusals;
  }): void {
    if (facts.usage !== undefined) this.#usage = facts.usage;
    if (facts.traceback !== undefined) this.#traceback = facts.traceback;
    if (facts.value !== undefined) this.#value = facts.value;
    if (facts.refusals !== undefined) this.#refusals = facts.refusals;
  }

  #settle(outcome: Outcome): void {
    this.#resolve({
      outcome: outcome.kind === 'exited' ? { ...outcome, traceback: this.#traceback } : outcome,
      durationMs: this.elapsedMs,
      memoryBytes: this.#usage.memoryBytes,
      fuel: this.#usage.fuel,
      value: this.#value,
      refusals: this.#refusals,
    });
    this.#onDidChangeState.dispose();
    this.#onOutput.dispose();
  }
}
