import type { PolicyOptions } from '../engine/policy.js';

/** What an attempt must get, exactly. */
export interface Expectation {
  /**
   * As {@link outcomeLabel} says it: `exited 0`, `exited 1`, `timedOut`, `limitExceeded memory`,
   * `interrupted`, `trapped`. A first word alone stands for all that begin with it.
   */
  readonly outcome: string;
  /** All of stdout. Left out where there may be any. */
  readonly stdout?: string;
  /** The last line of stderr, without its line break; empty if nothing may be there. */
  readonly lastError?: string;
  /** Among the refused calls, as {@link refusalLabel} says them: `wasi open /etc/passwd ENOENT`. */
  readonly refused?: readonly string[];
}

/** What an attempt runs under, beside the defaults. */
export type AttemptPolicy = Omit<PolicyOptions, 'stdin'> & { readonly stdin?: string };

/** One attempt to break out. Data alone, so that it can be shipped, read and counted. */
export interface Attempt {
  /** What it tries, in a few words; unique in its family. */
  readonly name: string;
  /** Runs first, as a run of its own: nothing of it may reach `source`. */
  readonly before?: string;
  readonly source: string;
  readonly policy?: AttemptPolicy;
  /** Stop is asked for once stdout holds this text. */
  readonly stopAfter?: string;
  readonly expect: Expectation;
  /**
   * For hosts that answer otherwise, and why they do. `signals`: a running program can be reached
   * (not in a browser with neither isolation nor JSPI). `deepStack`: 1 MiB of stack, as Node has.
   */
  readonly without?: {
    readonly capability: 'signals' | 'deepStack';
    readonly expect: Expectation;
    readonly why: string;
  };
}

/** Attempts on one and the same wall. */
export interface Family {
  /** A word for tests and reports. */
  readonly name: string;
  /** What all of them are after, in a sentence. */
  readonly title: string;
  readonly attempts: readonly Attempt[];
}
