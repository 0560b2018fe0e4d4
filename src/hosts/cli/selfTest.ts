import type { SandboxHost } from '../../engine/sandboxHost.js';
import { parseAttacks } from '../../selfTest/parseAttacks.js';
import {
  runSelfTest,
  type SelfTestOptions,
  type SelfTestResult,
} from '../../selfTest/runSelfTest.js';
import { selfTestReport } from '../../selfTest/selfTestReport.js';

/**
 * Attacks the sandbox on this machine and prints what came of it: Markdown, or one JSON object.
 * Ctrl+C ends it after the attempt under way, and what was made so far is printed.
 * @param attacks the bytes of dist/attacks.json.
 * @returns the process's exit code: 0 if every attempt was made and got what it must get, else 1.
 */
export async function printSelfTest(
  host: SandboxHost,
  attacks: Uint8Array,
  json: boolean,
): Promise<number> {
  let isCancelled = false;
  process.once('SIGINT', () => {
    isCancelled = true;
  });
  const result = await runSelfTest(host, parseAttacks(attacks), {
    isCancelled: () => isCancelled,
    onProgress: process.stderr.isTTY ? countOnTerminal : familyByFamily(),
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const text = json ? JSON.stringify(jsonReport(result)) : selfTestReport(result, hostFacts());
  process.stdout.write(`${text}\n`);
  const isWell = result.made.every(({ result: { verdict } }) => verdict !== 'failed');
  return isWell && result.made.length === result.total ? 0 : 1;
}

type Progress = NonNullable<SelfTestOptions['onProgress']>;

const countOnTerminal: Progress = (done, total, { name }) => {
  process.stderr.write(`\r\x1b[K${String(done)} of ${String(total)} attempts: ${name}`);
};

/** For a log: one line where each family begins. */
function familyByFamily(): Progress {
  let current = '';
  return (_done, _total, { name, attempts }) => {
    if (name === current) return;
    current = name;
    process.stderr.write(`${name}: ${String(attempts.length)} attempts\n`);
  };
}

function hostFacts(): readonly (readonly [string, string])[] {
  return [
    ['Node', process.version],
    ['system', `${process.platform} ${process.arch}`],
    ['made at', new Date().toISOString()],
  ];
}

function jsonReport({ made, total, durationMs, capabilities }: SelfTestResult) {
  const count = (wanted: string): number =>
    made.filter(({ result: { verdict } }) => verdict === wanted).length;
  return {
    attempts: total,
    refused: count('refused'),
    contained: count('contained'),
    failed: count('failed'),
    notMade: total - made.length,
    durationMs,
    capabilities,
    results: made.map(({ family, attempt, result: { stdout, stderr, ...result } }) => ({
      family: family.name,
      name: attempt.name,
      ...result,
      ...(result.verdict === 'failed' ? { stdout, stderr } : {}),
    })),
  };
}
