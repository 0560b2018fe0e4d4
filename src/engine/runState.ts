import type { GuestEnd } from '../protocol/messages.js';
import type { FailureCode, Outcome } from '../protocol/outcome.js';
import type { Limits } from '../protocol/limits.js';

/** Where a run is. It moves forward only and settles once. */
export type RunState =
  /** In the queue, or its worker is still starting. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running' }
  /** KeyboardInterrupt is on its way; the program may still clean up. */
  | { readonly kind: 'interrupting' }
  /** It is being cut off; what it comes to is decided already. */
  | { readonly kind: 'aborting'; readonly outcome: Outcome }
  | { readonly kind: 'settled'; readonly outcome: Outcome };

export type RunEvent =
  | { readonly kind: 'started' }
  | { readonly kind: 'stopRequested' }
  /** KeyboardInterrupt did not end the program in time. */
  | { readonly kind: 'interruptIgnored' }
  | { readonly kind: 'timeLimitReached' }
  /** More output arrived than the limit allows, whatever the worker says. */
  | { readonly kind: 'outputLimitReached' }
  | { readonly kind: 'ended'; readonly end: GuestEnd }
  /** The worker was ended because aborting took too long. */
  | { readonly kind: 'killed' }
  | { readonly kind: 'failed'; readonly code: FailureCode; readonly detail: string };

/**
 * The one place that decides how a run ends. Pure; events that come too late change nothing.
 * The traceback is added to an `exited` outcome by the caller, who holds the report.
 */
export function reduceRun(state: RunState, event: RunEvent, limits: Limits): RunState {
  if (state.kind === 'settled') return state;
  switch (event.kind) {
    case 'started':
      return state.kind === 'waiting' ? { kind: 'running' } : state;
    case 'stopRequested':
      if (state.kind === 'waiting') {
        return settled({ kind: 'interrupted', started: false, forced: false });
      }
      return state.kind === 'running' ? { kind: 'interrupting' } : state;
    case 'interruptIgnored':
      return state.kind === 'interrupting' ? aborting(FORCED_STOP) : state;
    case 'timeLimitReached':
      // A stop that was asked for first stays a stop.
      if (state.kind === 'running') {
        return aborting({ kind: 'timedOut', limitMs: limits.timeoutMs });
      }
      return state.kind === 'interrupting' ? aborting(FORCED_STOP) : state;
    case 'outputLimitReached':
      return state.kind === 'aborting' ? state : aborting(outputLimit(limits));
    case 'ended':
      return settled(
        state.kind === 'aborting'
          ? state.outcome
          : outcomeOf(event.end, limits, state.kind === 'interrupting'),
      );
    case 'killed':
      return state.kind === 'aborting'
        ? settled(state.outcome)
        : settled({ kind: 'failed', code: 'workerLost', detail: 'the worker was ended' });
    case 'failed':
      return settled({ kind: 'failed', code: event.code, detail: event.detail });
  }
}

const FORCED_STOP: Outcome = { kind: 'interrupted', started: true, forced: true };

function settled(outcome: Outcome): RunState {
  return { kind: 'settled', outcome };
}

function aborting(outcome: Outcome): RunState {
  return { kind: 'aborting', outcome };
}

function outputLimit(limits: Limits): Outcome {
  return { kind: 'limitExceeded', limit: 'output', limitBytes: limits.outputBytes };
}

function outcomeOf(end: GuestEnd, limits: Limits, isStopping: boolean): Outcome {
  switch (end.kind) {
    case 'returned':
      // A program can raise KeyboardInterrupt by itself: only a stop that was asked for is one.
      if (end.keyboardInterrupt && isStopping) {
        return { kind: 'interrupted', started: true, forced: false };
      }
      if (end.outOfMemory) {
        return { kind: 'limitExceeded', limit: 'memory', limitBytes: limits.memoryBytes };
      }
      return { kind: 'exited', code: end.exitCode, traceback: null };
    case 'trapped':
      return { kind: 'trapped', trap: end.trap, detail: end.detail };
    case 'outputLimit':
      return outputLimit(limits);
    case 'fuelLimit':
      return { kind: 'limitExceeded', limit: 'fuel', limitTicks: limits.fuel };
    case 'aborted':
      return { kind: 'failed', code: 'protocol', detail: 'aborted without being asked to' };
    case 'failed':
      return { kind: 'failed', code: 'interpreter', detail: end.detail };
  }
}
