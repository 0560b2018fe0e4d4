import { guestText } from '../protocol/guestText.js';
import { markdownFence, markdownText } from './markdown.js';
import type { AttemptResult } from './runAttempt.js';
import type { MadeAttempt, SelfTestResult } from './runSelfTest.js';

/** What a report says of the place that it was made on: names and values, ours, in order. */
export type HostFacts = readonly (readonly [name: string, value: string])[];

const VERDICT_MARKS: Record<AttemptResult['verdict'], string> = {
  refused: '✓ refused',
  contained: '✓ contained',
  failed: '✗ **failed**',
};

/** The result of a self-test as a Markdown document. What came from a program is in code blocks. */
export function selfTestReport(result: SelfTestResult, facts: HostFacts): string {
  const failed = result.made.filter(({ result: { verdict } }) => verdict === 'failed');
  return [
    '# Wasm Sandbox: security self-test\n',
    `${summary(result, failed.length)}\n`,
    ...(failed.length === 0 ? [] : ['## What failed\n', ...failed.map(failure)]),
    '## Families\n',
    familyTable(result),
    '**Refused**: the attempt met an error, or found nothing. **Contained**: it was ended by a limit, by Stop or by a crash of its own interpreter, and the next program ran as if nothing had been.\n',
    '## This host\n',
    hostTable(result, facts),
    '## Every attempt\n',
    everyAttempt(result),
  ].join('\n');
}

function summary({ made, total }: SelfTestResult, failed: number): string {
  const count = String(made.length);
  const cancelled =
    made.length < total ? ` Cancelled: ${String(total - made.length)} attempts were not made.` : '';
  return failed === 0
    ? `**All of the ${count} attempts to break out got exactly what they must get.**${cancelled}`
    : `**${String(failed)} of ${count} attempts did not get what they must get.** Please report this.${cancelled}`;
}

function failure({ family, attempt, result }: MadeAttempt): string {
  const streams = [
    ['stdout', result.stdout],
    ['stderr', result.stderr],
  ] as const;
  return [
    `### ${markdownText(`${family.name}: ${attempt.name}`)}\n`,
    ...result.differences.map((difference) => `- ${markdownText(difference)}`),
    `\nIt ended as: ${markdownText(result.outcome)}\n`,
    `Program:\n\n${markdownFence(guestText(attempt.source))}`,
    ...streams
      .filter(([, text]) => text !== '')
      .map(([name, text]) => `${name}:\n\n${markdownFence(text)}`),
  ].join('\n');
}

/** Counts by family. */
function familyTable({ made }: SelfTestResult): string {
  const families = new Set(made.map(({ family }) => family));
  const rows = [...families].map((family) => {
    const own = made.filter((one) => one.family === family);
    return row(family.name, markdownText(family.title), own);
  });
  return [
    '| family | what it is after | attempts | refused | contained | failed |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    ...rows,
    `${row('**all**', '', made)}\n`,
  ].join('\n');
}

function row(name: string, title: string, made: readonly MadeAttempt[]): string {
  const count = (verdict: AttemptResult['verdict']): string =>
    String(made.filter(({ result }) => result.verdict === verdict).length);
  const cells = [name, title, String(made.length), count('refused'), count('contained')];
  return `| ${[...cells, count('failed')].join(' | ')} |`;
}

function hostTable({ durationMs, capabilities }: SelfTestResult, facts: HostFacts): string {
  const all: HostFacts = [
    ...facts,
    ['shared memory', capabilities.sharedMemory ? 'yes' : 'no'],
    ['JSPI', capabilities.jspi ? 'yes' : 'no'],
    ['stack of the interpreter', `${String(capabilities.stackLimitKiB)} KiB`],
    ['time taken', `${(durationMs / 1000).toFixed(1)} s`],
  ];
  const rows = all.map(([name, value]) => `| ${markdownText(name)} | ${markdownText(value)} |`);
  return ['| | |', '| --- | --- |', ...rows, ''].join('\n');
}

function everyAttempt({ made }: SelfTestResult): string {
  const lines: string[] = [];
  let current: MadeAttempt['family'] | null = null;
  for (const { family, attempt, result } of made) {
    if (family !== current) lines.push(`\n### ${markdownText(family.name)}\n`);
    current = family;
    const mark = VERDICT_MARKS[result.verdict];
    lines.push(`- ${mark} · ${markdownText(attempt.name)} · ${markdownText(result.outcome)}`);
  }
  return `${lines.join('\n').trimStart()}\n`;
}
