import { expect } from 'chai';
import { parseCliArguments, UsageError } from '../../src/hosts/cli/arguments.js';
import { describeOutcome, exitCode } from '../../src/hosts/cli/exitCode.js';
import { guestText } from '../../src/protocol/guestText.js';
import type { Outcome } from '../../src/protocol/outcome.js';

describe('the command line', () => {
  it('has defaults', () => {
    expect(parseCliArguments(['a.py'], {})).to.deep.equal({
      mode: 'run',
      file: 'a.py',
      json: false,
      policy: { limits: {}, env: {}, deterministic: null },
      stdinFile: null,
      globals: {},
    });
  });

  it('takes every option', () => {
    const line =
      '--json --timeout-ms 5 --memory-mb 64 --max-output-bytes 10 --fuel 7 --deterministic 9 --env A=b=c --env HOME --stdin in.txt --globals {"a":[1]} -';
    expect(parseCliArguments(line.split(' '), { HOME: '/h', OTHER: 'x' })).to.deep.equal({
      mode: 'run',
      file: '-',
      json: true,
      policy: {
        limits: { timeoutMs: 5, memoryBytes: 64 * 1024 * 1024, outputBytes: 10, fuel: 7 },
        env: { A: 'b=c', HOME: '/h' },
        deterministic: 9,
      },
      stdinFile: 'in.txt',
      globals: { a: [1] },
    });
  });

  it('takes --self-test by itself, or with --json', () => {
    const parse = (...argv: string[]) => parseCliArguments(argv, {});
    expect(parse('--self-test')).to.deep.equal({ mode: 'selfTest', json: false });
    expect(parse('--json', '--self-test')).to.deep.equal({ mode: 'selfTest', json: true });
    expect(() => parse('--self-test', 'a.py')).to.throw(UsageError, 'no file');
    expect(() => parse('--self-test', '--fuel', '1')).to.throw(UsageError, 'no option but --json');
  });

  const wrong: Record<string, string[]> = {
    'no file': [],
    'two files': ['a.py', 'b.py'],
    'an unknown option': ['--network', 'a.py'],
    'a negative number': ['--timeout-ms', '-1', 'a.py'],
    'no number': ['--memory-mb', 'lots', 'a.py'],
    'a fraction': ['--max-output-bytes', '1.5', 'a.py'],
    'globals that are no JSON': ['--globals', '{a:1}', 'a.py'],
    'a variable that is not there': ['--env', 'HOME', 'a.py'],
    'a seed that is none': ['--deterministic', 'x', 'a.py'],
    'globals that are a list': ['--globals', '[1]', 'a.py'],
  };
  for (const [what, argv] of Object.entries(wrong)) {
    it(`refuses ${what}`, () => {
      expect(() => parseCliArguments(argv, {})).to.throw(UsageError);
    });
  }

  const codes: readonly [Outcome, number][] = [
    [{ kind: 'exited', code: 7, traceback: null }, 7],
    [{ kind: 'timedOut', limitMs: 5 }, 124],
    [{ kind: 'limitExceeded', limit: 'memory', limitBytes: 5 }, 137],
    [{ kind: 'trapped', trap: 'other', detail: guestText('\x1b[31mred') }, 134],
    [{ kind: 'interrupted', started: true, forced: false }, 130],
    [{ kind: 'failed', code: 'workerStart', detail: 'x' }, 70],
  ];
  for (const [outcome, code] of codes) {
    it(`exits with ${String(code)} when ${outcome.kind}`, () => {
      expect(exitCode(outcome)).to.equal(code);
      const line = describeOutcome(outcome);
      if (outcome.kind === 'exited') expect(line).to.equal(null);
      else expect(line).to.match(/^[\x20-\x7e]+$/);
    });
  }
});
