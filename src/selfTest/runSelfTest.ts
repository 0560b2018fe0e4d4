import { Sandbox } from '../engine/sandbox.js';
import type { SandboxHost } from '../engine/sandboxHost.js';
import type { Attempt, Expectation, Family } from './attempt.js';
import { runAttempt, type AttemptResult } from './runAttempt.js';

const DEEP_STACK_KIB = 1024;

/** An attempt that was made. */
export interface MadeAttempt {
  readonly family: Family;
  readonly attempt: Attempt;
  readonly result: AttemptResult;
}

/** What a self-test came to. */
export interface SelfTestResult {
  /** In the order of the families. */
  readonly made: readonly MadeAttempt[];
  /** Attempts that there are; more than were made if it was cancelled. */
  readonly total: number;
  readonly durationMs: number;
  readonly capabilities: SandboxHost['capabilities'];
}

export interface SelfTestOptions {
  /** Called before the first attempt and after each one. */
  readonly onProgress?: (done: number, total: number, family: Family) => void;
  /** Asked after each attempt. */
  readonly isCancelled?: () => boolean;
}

/**
 * Makes every attempt, one after the other, in a sandbox of its own on this host. Rejects with
 * SandboxFailure if there can be none.
 */
export async function runSelfTest(
  host: SandboxHost,
  families: readonly Family[],
  { onProgress, isCancelled }: SelfTestOptions = {},
): Promise<SelfTestResult> {
  const total = families.reduce((sum, family) => sum + family.attempts.length, 0);
  const made: MadeAttempt[] = [];
  const startedAt = performance.now();
  const sandbox = new Sandbox(host);
  try {
    await sandbox.whenReady();
    for (const family of families) {
      for (const attempt of family.attempts) {
        if (isCancelled?.() === true) break;
        onProgress?.(made.length, total, family);
        const expected = expectationOn(host.capabilities, attempt);
        made.push({ family, attempt, result: await runAttempt(sandbox, attempt, expected) });
      }
    }
  } finally {
    sandbox.dispose();
  }
  const { capabilities } = host;
  return { made, total, durationMs: performance.now() - startedAt, capabilities };
}

/** What an attempt must get on this host. */
export function expectationOn(
  { sharedMemory, jspi, stackLimitKiB }: SandboxHost['capabilities'],
  { expect, without }: Attempt,
): Expectation {
  if (without === undefined) return expect;
  const has =
    without.capability === 'signals' ? sharedMemory || jspi : stackLimitKiB >= DEEP_STACK_KIB;
  return has ? expect : without.expect;
}
