import { expect } from 'chai';
import { outcomeLabel } from '../../src/selfTest/runAttempt.js';
import type { PythonResult } from '../support/python.js';
import { useRig } from '../support/useRig.js';
import { forgeBytecode } from './forgeBytecode.js';

const isBrowser = 'document' in globalThis;
/** A page's suites are to take seconds. */
const COUNT = isBrowser ? 150 : 1000;

/** Deterministic, so that each can be repeated alone: `forgeBytecode(417)` under this policy. */
const OPTIONS = {
  limits: { timeoutMs: 300, memoryBytes: 64 * 1024 * 1024, outputBytes: 64 * 1024, fuel: 200 },
  policy: { deterministic: 1 },
};

/**
 * WebAssembly gave up: a trap. An exception is none, not even a SystemError about an opcode that
 * there is not, and neither is a loop that a limit ends.
 */
const isCrash = ({ outcome }: PythonResult): boolean => outcome.kind === 'trapped';

describe('forged bytecode', () => {
  const rig = useRig();

  it(`${String(COUNT)} code objects: many crash, none gets out, and each is followed by a good run`, async function () {
    this.timeout(isBrowser ? 90_000 : 300_000);
    const histogram = new Map<string, number>();
    const uncontained: string[] = [];
    let crashes = 0;
    for (let index = 0; index < COUNT; index++) {
      const forged = await rig.python.run(forgeBytecode(index), OPTIONS);
      const label = describeResult(forged);
      histogram.set(label, (histogram.get(label) ?? 0) + 1);
      if (isCrash(forged)) crashes++;
      if (!isContained(forged)) uncontained.push(`${String(index)}: ${label}`);
      const good = await rig.python.run(
        'import os\nprint(sum(range(10)), os.listdir("/tmp"))',
        OPTIONS,
      );
      if (good.outcome.kind !== 'exited' || good.stdout !== '45 []\n' || good.stderr !== '') {
        uncontained.push(`after ${String(index)}: ${outcomeLabel(good.outcome)} ${good.stdout}`);
      }
    }
    console.log(table(histogram));
    expect(uncontained).to.deep.equal([]);
    expect(crashes, 'crashed').to.be.greaterThan(COUNT / 3);
  });

  it('the same code object does the same again', async () => {
    for (const index of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const [one, two] = [
        await rig.python.run(forgeBytecode(index), OPTIONS),
        await rig.python.run(forgeBytecode(index), OPTIONS),
      ];
      expect(describeResult(two)).to.equal(describeResult(one));
    }
  });
});

/** How it ended; for an exception, which. */
function describeResult({ outcome, stdout }: PythonResult): string {
  if (outcome.kind === 'trapped') return `${outcomeLabel(outcome)}: ${outcome.detail}`;
  if (outcome.kind !== 'exited') return outcomeLabel(outcome);
  return `${outcomeLabel(outcome)}: ${/^\w+\n$/.exec(stdout)?.[0].trim() ?? 'something else'}`;
}

/** It ended by itself, or a limit or a trap ended it: nothing of ours broke. */
function isContained({ outcome }: PythonResult): boolean {
  return ['exited', 'trapped', 'timedOut', 'limitExceeded'].includes(outcome.kind);
}

function table(histogram: ReadonlyMap<string, number>): string {
  return [...histogram]
    .sort(([, a], [, b]) => b - a)
    .map(([label, count]) => `${String(count).padStart(6)}  ${label}`)
    .join('\n');
}
