import type { GuestText } from './guestText.js';
import type { Traceback } from './traceback.js';

/** How WebAssembly gave up. */
export type TrapKind = 'stackOverflow' | 'memoryAccess' | 'unreachable' | 'other';

/** Why a run failed through no fault of the program. */
export type FailureCode =
  /** The interpreter's files are missing or not what the manifest says. */
  | 'runtimeMissing'
  | 'runtimeCorrupt'
  /** The worker did not start, or ended without being asked to. */
  | 'workerStart'
  | 'workerLost'
  /** The worker broke the protocol; it is not to be trusted any more. */
  | 'protocol'
  /** The interpreter refused to start or to run the request. */
  | 'interpreter'
  /** The sandbox was closed while the run waited or ran. */
  | 'disposed';

/** How a run ended. Every run has exactly one. */
export type Outcome =
  | {
      readonly kind: 'exited';
      /** 0 to 255; an uncaught exception is 1. */
      readonly code: number;
      /** The uncaught exception, if one ended the program. */
      readonly traceback: Traceback | null;
    }
  | { readonly kind: 'trapped'; readonly trap: TrapKind; readonly detail: GuestText }
  | {
      readonly kind: 'interrupted';
      /** Whether the program had begun to run when it was stopped. */
      readonly started: boolean;
      /** True if KeyboardInterrupt did not end it and it was cut off. */
      readonly forced: boolean;
    }
  | { readonly kind: 'timedOut'; readonly limitMs: number }
  | {
      readonly kind: 'limitExceeded';
      readonly limit: 'memory' | 'output';
      readonly limitBytes: number;
    }
  | { readonly kind: 'limitExceeded'; readonly limit: 'fuel'; readonly limitTicks: number }
  | { readonly kind: 'failed'; readonly code: FailureCode; readonly detail: string };
