import type { FailureCode } from '../protocol/outcome.js';

/** A failure of ours, on its way to becoming a run's outcome. */
export class SandboxFailure extends Error {
  override readonly name = 'SandboxFailure';

  constructor(
    readonly code: FailureCode,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}
