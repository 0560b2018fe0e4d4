import { expect } from 'chai';
import fc from 'fast-check';
import { guestText } from '../../src/protocol/guestText.js';
import type { Attempt, Family } from '../../src/selfTest/attempt.js';
import { markdownFence, markdownText } from '../../src/selfTest/markdown.js';
import type { AttemptResult } from '../../src/selfTest/runAttempt.js';
import type { SelfTestResult } from '../../src/selfTest/runSelfTest.js';
import { selfTestReport } from '../../src/selfTest/selfTestReport.js';

const EVIL = guestText(
  '```\n[click](command:evil)\n# heading\n<script>\n\x1b[2J\u202eabc\u2028\n`````\n![](https://x/y)',
);

function made(
  name: string,
  verdict: AttemptResult['verdict'],
  family: Family,
): SelfTestResult['made'][number] {
  const attempt: Attempt = { name, source: `print("${name}")`, expect: { outcome: 'exited 0' } };
  return {
    family,
    attempt,
    result: {
      verdict,
      differences: verdict === 'failed' ? ['it ended as "trapped", not "exited 0"'] : [],
      outcome: 'exited 0',
      stdout: EVIL,
      stderr: guestText(''),
      durationMs: 1,
    },
  };
}

const PATHS: Family = { name: 'paths', title: 'Reach | a file.', attempts: [] };
const LIES: Family = { name: 'lies', title: 'Lie.', attempts: [] };

function report(total: number, ...all: SelfTestResult['made'][number][]): string {
  const capabilities = { sharedMemory: true, jspi: false, stackLimitKiB: 1024 };
  return selfTestReport({ made: all, total, durationMs: 1234, capabilities }, [['Node', 'v20']]);
}

/** The lines that a Markdown reader takes for Markdown: those outside of fenced code. */
function outsideOfFences(markdown: string): string[] {
  let fence: string | null = null;
  return markdown.split('\n').filter((line) => {
    const ticks = /^`{3,}/.exec(line)?.[0] ?? null;
    if (fence === null && ticks !== null) {
      fence = ticks;
      return false;
    }
    if (fence !== null && ticks !== null && ticks.length >= fence.length && ticks === line) {
      fence = null;
      return false;
    }
    return fence === null;
  });
}

describe('the report of a self-test', () => {
  it('counts by family, and says that all is well', () => {
    const text = report(
      3,
      made('a', 'refused', PATHS),
      made('b', 'contained', PATHS),
      made('c', 'refused', LIES),
    );
    expect(text).to.include(
      '**All of the 3 attempts to break out got exactly what they must get.**',
    );
    expect(text).to.include('| paths | Reach \\| a file. | 2 | 1 | 1 | 0 |');
    expect(text).to.include('| lies | Lie. | 1 | 1 | 0 | 0 |');
    expect(text).to.include('| **all** |  | 3 | 2 | 1 | 0 |');
    expect(text).to.include('| Node | v20 |');
    expect(text).to.include('| time taken | 1.2 s |');
    expect(text).to.not.include('## What failed');
    // Nothing of a program is in it where nothing failed.
    expect(text).to.not.include('click');
  });

  it('shows what failed, with the program and what it printed in fences alone', () => {
    const text = report(2, made('a *b* [c](d)', 'failed', PATHS), made('b', 'refused', PATHS));
    expect(text).to.include('**1 of 2 attempts did not get what they must get.**');
    expect(text).to.include('### paths: a \\*b\\* \\[c\\](d)');
    expect(text).to.include('- it ended as "trapped", not "exited 0"');
    const outside = outsideOfFences(text).join('\n');
    expect(outside).to.not.match(/click|script|https|print\(/);
    expect(outside.match(/^# /gm)?.length).to.equal(1);
    expect(text).to.include('\n``````text\n```\n[click](command:evil)\n');
    expect(text).to.include('\\x1b[2J\\u202eabc\\u2028');
  });

  it('says how many were not made', () => {
    expect(report(5, made('a', 'refused', PATHS))).to.include(
      'Cancelled: 4 attempts were not made.',
    );
  });
});

describe('markdown', () => {
  it('keeps any text of a program within its fence', () => {
    const pieces = fc.constantFrom(
      '`',
      '```',
      '~~~',
      '\n',
      '\r',
      'a',
      '# x',
      '<b>',
      '\0',
      '\u2028',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' }))), (parts) => {
        const fenced = markdownFence(guestText(parts.join('')));
        expect(outsideOfFences(`before\n${fenced}after`)).to.deep.equal(['before', 'after']);
      }),
      { numRuns: 2000 },
    );
  });

  it('cuts what is too long, and says by how much', () => {
    expect(markdownFence(guestText('x'.repeat(12)), 10)).to.equal(
      '```text\nxxxxxxxxxx\n… 2 characters more\n```\n',
    );
  });

  it('takes the meaning from what has one in Markdown', () => {
    expect(markdownText('a*b\n_c_ <d> `e` [f](g) | #h ~ $i$ &amp;')).to.equal(
      'a\\*b \\_c\\_ \\<d\\> \\`e\\` \\[f\\](g) \\| \\#h \\~ \\$i\\$ \\&amp;',
    );
  });
});
