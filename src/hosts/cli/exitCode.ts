import { assertNever } from '../../common/assertNever.js';
import type { Outcome } from '../../protocol/outcome.js';
import { printable } from './printable.js';

/** The process's exit code for an outcome: the program's own, or one that shells know. */
export function exitCode(outcome: Outcome): number {
  switch (outcome.kind) {
    case 'exited':
      return outcome.code;
    case 'timedOut':
      return 124;
    case 'limitExceeded':
      return 137;
    case 'trapped':
      return 134;
    case 'interrupted':
      return 130;
    case 'failed':
      return 70;
    default:
      return assertNever(outcome);
  }
}

/** One line for stderr on how the run ended; null where the program has said it all. */
export function describeOutcome(outcome: Outcome): string | null {
  switch (outcome.kind) {
    case 'exited':
      return null;
    case 'timedOut':
      return `timed out after ${String(outcome.limitMs)} ms (--timeout-ms)`;
    case 'limitExceeded':
      if (outcome.limit === 'fuel') {
        return `fuel limit of ${String(outcome.limitTicks)} ticks exceeded (--fuel)`;
      }
      return outcome.limit === 'memory'
        ? `memory limit of ${String(outcome.limitBytes)} bytes exceeded (--memory-mb)`
        : `output limit of ${String(outcome.limitBytes)} bytes exceeded (--max-output-bytes)`;
    case 'trapped':
      return `the interpreter gave up: ${outcome.trap} (${printable(outcome.detail)})`;
    case 'interrupted':
      return outcome.forced ? 'stopped by force' : 'stopped';
    case 'failed':
      return `could not run: ${outcome.code}: ${printable(outcome.detail)}`;
    default:
      return assertNever(outcome);
  }
}
