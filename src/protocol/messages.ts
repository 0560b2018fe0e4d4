import type { GuestText } from './guestText.js';
import type { Limits } from './limits.js';
import type { TrapKind } from './outcome.js';
import { MAX_REFUSED_CALLS, type Refusals } from './refusedCall.js';

/** Standard streams that a program writes to. */
export type OutputStream = 'stdout' | 'stderr';

/** The words of the shared control block, an Int32Array over a SharedArrayBuffer. */
export const CONTROL_WORD = { signal: 0, length: 1 } as const;

/** Values of the signal word; the greater one wins. */
export const SIGNAL = {
  none: 0,
  /** Raise KeyboardInterrupt at the next poll. */
  interrupt: 1,
  /** Unwind at the next poll; the program cannot catch it. */
  abort: 2,
} as const;

/** How much of the linear C stack the interpreter may use in a host, and how it is entered. */
export interface GuestCapabilities {
  /** KiB of linear stack before Python raises RecursionError; bounded by the worker's own stack. */
  readonly stackLimitKiB: number;
  /** Enter through `WebAssembly.promising` (JSPI). */
  readonly jspi: boolean;
}

/**
 * KiB of linear stack that deterministic runs have on every host that can give it: all but browsers
 * without JSPI, whose 48 KiB are too few to compile ordinary programs.
 */
export const DETERMINISTIC_STACK_KIB = 160;

/** What a worker is given once, before anything else. */
export interface InitMessage {
  readonly kind: 'init';
  readonly module: WebAssembly.Module;
  /** The snapshot of the initialised interpreter, as in runtime/python.img. */
  readonly image: Uint8Array;
  /** The standard library archive. */
  readonly stdlib: Uint8Array;
  readonly capabilities: GuestCapabilities;
  /** Shared control words; null without SharedArrayBuffer. */
  readonly control: Int32Array | null;
  /** What to prepare the first instance for. */
  readonly settings: InstanceSettings;
}

/** The guest's time: the host's, or its own, which starts at an instant and moves with the program. */
export type ClockSource = 'host' | { readonly startMs: number };

/** All that shapes an instance before a program runs on it. */
export interface InstanceSettings {
  readonly limits: Limits;
  /** Environment variables. */
  readonly env: Readonly<Record<string, string>>;
  readonly clock: ClockSource;
  /** What all entropy derives from; null: the host's entropy. */
  readonly seed: number | null;
}

/** Runs one program on an instance that nobody used before. */
export interface RunMessage extends InstanceSettings {
  readonly kind: 'run';
  readonly runId: number;
  /** The request as the interpreter takes it: header length, JSON header, source bytes. */
  readonly request: Uint8Array;
  readonly stdin: Uint8Array;
}

/** Without shared memory, signals travel as messages; the worker takes them where it can yield. */
export interface SignalMessage {
  readonly kind: 'signal';
  readonly runId: number;
  readonly signal: typeof SIGNAL.interrupt | typeof SIGNAL.abort;
}

export type ToWorker = InitMessage | RunMessage | SignalMessage;

export interface OutputChunk {
  readonly stream: OutputStream;
  readonly bytes: Uint8Array;
}

/** How the program left the interpreter, as the worker saw it. */
export type GuestEnd =
  | {
      readonly kind: 'returned';
      /** 0 to 255. */
      readonly exitCode: number;
      /** An exception that nothing caught ended it. */
      readonly uncaught: boolean;
      /** It was a MemoryError, after the memory could not grow. */
      readonly outOfMemory: boolean;
      /** It was a KeyboardInterrupt. */
      readonly keyboardInterrupt: boolean;
    }
  | { readonly kind: 'trapped'; readonly trap: TrapKind; readonly detail: GuestText }
  | { readonly kind: 'outputLimit' }
  | { readonly kind: 'fuelLimit' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'failed'; readonly detail: GuestText };

/** An instance is prepared; a run can start at once. */
export interface ReadyMessage {
  readonly kind: 'ready';
}

export interface OutputMessage {
  readonly kind: 'output';
  readonly runId: number;
  /** Counts from 0 in each run, without gaps. */
  readonly sequence: number;
  readonly chunks: readonly OutputChunk[];
}

/** As many reports as a run may send. */
export const MAX_REPORTS = 8;

/** A structured report of the program's uncaught exception: JSON as bytes, still to be checked. */
export interface ReportMessage {
  readonly kind: 'report';
  readonly runId: number;
  readonly report: 'exception' | 'value';
  readonly bytes: Uint8Array;
}

/** As many of these as a run may send: one for each new entry, and the last with the final counts. */
export const MAX_REFUSED_MESSAGES = 2 * MAX_REFUSED_CALLS + 1;

/** All that was refused so far; takes the place of the one before. */
export interface RefusedMessage {
  readonly kind: 'refused';
  readonly runId: number;
  readonly refusals: Refusals;
}

/** The program is over. All its output came before. */
export interface EndedMessage {
  readonly kind: 'ended';
  readonly runId: number;
  readonly end: GuestEnd;
  /** Size of the linear memory at the end. */
  readonly memoryBytes: number;
  /** Ticks of the interpreter. */
  readonly fuel: number;
  /** Time inside the interpreter. */
  readonly durationMs: number;
}

/** The worker itself cannot go on, for instance because the runtime's files do not fit together. */
export interface BrokenMessage {
  readonly kind: 'broken';
  readonly code: 'runtimeCorrupt' | 'interpreter';
  readonly detail: string;
}

export type FromWorker =
  ReadyMessage | OutputMessage | ReportMessage | RefusedMessage | EndedMessage | BrokenMessage;
