import { OutputDecoder } from '../engine/outputDecoder.js';
import type { RunResult } from '../engine/run.js';
import type { Sandbox } from '../engine/sandbox.js';
import { encodeWtf8 } from '../engine/wtf8.js';
import { errnoName } from '../protocol/errnoName.js';
import { guestText, type GuestText } from '../protocol/guestText.js';
import type { OutputStream } from '../protocol/messages.js';
import type { Outcome } from '../protocol/outcome.js';
import type { RefusedCall } from '../protocol/refusedCall.js';
import type { Attempt, AttemptPolicy, Expectation } from './attempt.js';

/** How an attempt went. `refused`: the program itself met the refusal. `contained`: it was ended. */
export interface AttemptResult {
  readonly verdict: 'refused' | 'contained' | 'failed';
  /** What differs from the expectation, a sentence each; empty unless it failed. */
  readonly differences: readonly string[];
  readonly outcome: string;
  readonly stdout: GuestText;
  readonly stderr: GuestText;
  readonly durationMs: number;
}

/** As much of each stream as is kept: more than any expectation holds. */
const MAX_KEPT_LENGTH = 64 * 1024;
const STILL_WELL = 'still well\n';

/** Makes one attempt and compares what it got with what it must get. Never rejects. */
export async function runAttempt(
  sandbox: Sandbox,
  attempt: Attempt,
  expected: Expectation = attempt.expect,
): Promise<AttemptResult> {
  const differences: string[] = [];
  if (attempt.before !== undefined) {
    const { result } = await run(sandbox, attempt.before, attempt.policy);
    // Also when it was cut off: what matters is what it left behind.
    if (result.outcome.kind === 'failed') differences.push('the run before it could not be made');
  }
  const { result, stdout, stderr } = await run(
    sandbox,
    attempt.source,
    attempt.policy,
    attempt.stopAfter,
  );
  const outcome = outcomeLabel(result.outcome);
  differences.push(...compare(expected, { outcome, stdout, stderr, result }));
  if (result.outcome.kind !== 'exited') {
    // However it ended: the next program must find a sandbox as good as new.
    const next = await run(sandbox, 'print("still well")', undefined);
    if (next.stdout !== STILL_WELL) {
      differences.push(`the run after it: ${outcomeLabel(next.result.outcome)}`);
    }
  }
  const verdict = result.outcome.kind === 'exited' ? 'refused' : 'contained';
  return {
    verdict: differences.length > 0 ? 'failed' : verdict,
    differences,
    outcome,
    stdout,
    stderr,
    durationMs: result.durationMs,
  };
}

/** `exited 0`, `limitExceeded memory`, `trapped stackOverflow`, `interrupted forced`, `timedOut`. */
export function outcomeLabel(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'exited':
      return `exited ${String(outcome.code)}`;
    case 'trapped':
      return `trapped ${outcome.trap}`;
    case 'interrupted':
      return outcome.forced ? 'interrupted forced' : 'interrupted';
    case 'timedOut':
      return 'timedOut';
    case 'limitExceeded':
      return `limitExceeded ${outcome.limit}`;
    case 'failed':
      return `failed ${outcome.code}`;
  }
}

/** `wasi open /etc/passwd ENOENT`, `guest connect example.com:80 ENETUNREACH`, `guest os.fork`. */
export function refusalLabel({ seenBy, operation, target, errno }: RefusedCall): string {
  const words = [seenBy, operation, target, errno === null ? '' : errnoName(errno)];
  return words.filter((word) => word !== '').join(' ');
}

function compare(
  expected: Expectation,
  actual: {
    readonly outcome: string;
    readonly stdout: string;
    readonly stderr: string;
    readonly result: RunResult;
  },
): string[] {
  const differences: string[] = [];
  const { outcome } = actual;
  if (outcome !== expected.outcome && !outcome.startsWith(`${expected.outcome} `)) {
    differences.push(`it ended as "${outcome}", not "${expected.outcome}"`);
  }
  if (expected.stdout !== undefined && actual.stdout !== expected.stdout) {
    differences.push('it printed something else');
  }
  const lastError = actual.stderr.trimEnd().split('\n').at(-1) ?? '';
  if (expected.lastError !== undefined && lastError !== expected.lastError) {
    differences.push('its last line on stderr is another');
  }
  const refused = new Set(actual.result.refusals.calls.map(refusalLabel));
  for (const call of expected.refused ?? []) {
    if (!refused.has(call)) differences.push(`the report of refused calls lacks "${call}"`);
  }
  return differences;
}

async function run(
  sandbox: Sandbox,
  source: string,
  { stdin, ...policy }: AttemptPolicy = {},
  stopAfter?: string,
): Promise<{ result: RunResult; stdout: GuestText; stderr: GuestText }> {
  const started = sandbox.start({
    program: {
      name: 'attempt.py',
      blocks: [{ source: encodeWtf8(source), firstLine: 1, mayBeIndented: false }],
      encoding: 'text',
      displayLastExpression: false,
    },
    policy: { ...policy, ...(stdin === undefined ? {} : { stdin: encodeWtf8(stdin) }) },
  });
  const decoder = new OutputDecoder();
  const text = { stdout: '', stderr: '' };
  const keep = (stream: OutputStream, more: string): void => {
    const all = text[stream] + more;
    // The beginning of what it printed, and the end of what it complained of.
    text[stream] =
      stream === 'stdout' ? all.slice(0, MAX_KEPT_LENGTH) : all.slice(-MAX_KEPT_LENGTH);
  };
  started.onOutput((chunk) => {
    keep(chunk.stream, decoder.decode(chunk));
    if (stopAfter !== undefined && text.stdout.includes(stopAfter)) started.stop();
  });
  const result = await started.result;
  for (const stream of ['stdout', 'stderr'] as const) keep(stream, decoder.flush(stream));
  return { result, stdout: guestText(text.stdout), stderr: guestText(text.stderr) };
}
