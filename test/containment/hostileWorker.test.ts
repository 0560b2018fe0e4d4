import { createTestHost } from '#testHost';
import { expect } from 'chai';
import type { Run } from '../../src/engine/run.js';
import type { Sandbox } from '../../src/engine/sandbox.js';
import type { SandboxHost } from '../../src/engine/sandboxHost.js';
import type { Limits } from '../../src/protocol/limits.js';
import { MAX_REFUSED_MESSAGES, MAX_REPORTS } from '../../src/protocol/messages.js';
import type { Outcome } from '../../src/protocol/outcome.js';
import {
  ended,
  type Behaviour,
  output,
  PROGRAM,
  RETURNED,
  sandboxOfFakes,
} from '../support/fakeWorker.js';

const READY = { kind: 'ready' };
const EXITED = { kind: 'exited', code: 0, traceback: null };

const many = (count: number, message: unknown): unknown[] => Array<unknown>(count).fill(message);
const report = (runId: number): unknown => {
  return { kind: 'report', runId, report: 'value', bytes: Uint8Array.of(0x31) };
};
const refused = (runId: number): unknown => {
  return { kind: 'refused', runId, refusals: { calls: [], omitted: 1 } };
};

describe('a hostile worker', () => {
  let real: SandboxHost;
  const sandboxes: Sandbox[] = [];

  before(async () => {
    real = await createTestHost();
  });
  afterEach(() => {
    for (const sandbox of sandboxes.splice(0)) sandbox.dispose();
  });

  function hostile(
    onRun: Behaviour['onRun'],
    onInit?: Behaviour['onInit'],
  ): ReturnType<typeof sandboxOfFakes> {
    const made = sandboxOfFakes(real, { onRun, ...(onInit === undefined ? {} : { onInit }) });
    sandboxes.push(made.sandbox);
    return made;
  }

  const start = (sandbox: Sandbox, limits: Partial<Limits> = {}): Run =>
    sandbox.start({ program: PROGRAM, policy: { limits } });
  const outcome = async (sandbox: Sandbox, limits: Partial<Limits> = {}): Promise<Outcome> =>
    (await start(sandbox, limits).result).outcome;
  const lied = (detail: string): Outcome => ({ kind: 'failed', code: 'protocol', detail });

  /** What it sends in a run, and what is said of it. */
  const lies: Record<string, readonly [detail: string, (runId: number) => readonly unknown[]]> = {
    'what is not a message': ['message is not an object', () => ['ready']],
    'a message for the run before': ['a message for run 0', (runId) => [ended(runId - 1)]],
    'a message for the run after': ['a message for run 2', (runId) => [output(runId + 1, 0)]],
    'output with a gap': ['output out of order', (runId) => [output(runId, 0), output(runId, 2)]],
    'the same output twice': ['output out of order', (runId) => many(2, output(runId, 0))],
    'a list of chunks with holes': [
      'chunk is not an object',
      (runId) => [{ kind: 'output', runId, sequence: 0, chunks: Array(3) }],
    ],
    'a report too many': ['too many reports', (runId) => many(MAX_REPORTS + 1, report(runId))],
    'a message too many on refused calls': [
      'too many messages on refused calls',
      (runId) => many(MAX_REFUSED_MESSAGES + 1, refused(runId)),
    ],
    'that it is ready, in mid-run': ['ready during a run', () => [READY]],
    'an end by a signal that nobody sent': [
      'aborted without being asked to',
      (runId) => [{ ...ended(runId), end: { kind: 'aborted' } }],
    ],
  };
  for (const [what, [detail, messages]] of Object.entries(lies)) {
    it(`that sends ${what} is ended; the next run gets another`, async () => {
      const { sandbox, workers } = hostile((runId, worker, all) => {
        const lying = worker === all[0];
        for (const message of lying ? messages(runId) : [ended(runId)]) worker.send(message);
      });
      expect(await outcome(sandbox)).to.deep.equal(lied(detail));
      expect(workers[0]?.isTerminated).to.equal(true);
      expect(await outcome(sandbox)).to.deep.equal(EXITED);
      expect(workers.length).to.equal(2);
    });
  }

  it('that ends a run twice ends it once, and is ended', async () => {
    const { sandbox, workers } = hostile((runId, worker) => {
      worker.send(ended(runId));
      worker.send({ ...ended(runId), end: { ...RETURNED, exitCode: 9 } });
      worker.send(output(runId, 0));
    });
    const run = start(sandbox);
    const late: unknown[] = [];
    run.onOutput((chunk) => late.push(chunk));
    expect((await run.result).outcome).to.deep.equal(EXITED);
    expect(late).to.deep.equal([]);
    expect(workers[0]?.isTerminated).to.equal(true);
  });

  it('cannot flood: what it should have cut itself is cut', async () => {
    const { sandbox, workers } = hostile((runId, worker) => {
      for (let i = 0; i < 100; i++) worker.send(output(runId, i, new Uint8Array(1000)));
    });
    const run = start(sandbox, { outputBytes: 2500 });
    const pieces: number[] = [];
    run.onOutput(({ bytes }) => pieces.push(bytes.length));
    expect((await run.result).outcome).to.deep.equal({
      kind: 'limitExceeded',
      limit: 'output',
      limitBytes: 2500,
    });
    expect(pieces).to.deep.equal([1000, 1000, 500]);
    expect(workers[0]?.isTerminated).to.equal(true);
  });

  it('that never answers is ended at the time limit', async () => {
    const { sandbox, workers } = hostile(() => undefined);
    const limit = { kind: 'timedOut', limitMs: 20 };
    expect(await outcome(sandbox, { timeoutMs: 20 })).to.deep.equal(limit);
    expect(workers[0]?.isTerminated).to.equal(true);
  });

  it('that goes away in mid-run takes that run with it, and no other', async () => {
    const { sandbox } = hostile((runId, worker, all) => {
      if (worker === all[0]) worker.fail('out of memory');
      else worker.send(ended(runId));
    });
    const runs = [start(sandbox), start(sandbox)];
    const [first, second] = await Promise.all(runs.map(({ result }) => result));
    expect(first?.outcome).to.deep.equal({
      kind: 'failed',
      code: 'workerLost',
      detail: 'out of memory',
    });
    expect(second?.outcome).to.deep.equal(EXITED);
  });

  it('that cannot be sent the request is ended; the run settles', async () => {
    const { sandbox, workers } = hostile(
      () => undefined,
      (worker) => {
        worker.postMessage = () => {
          throw new TypeError('could not be cloned');
        };
        worker.send(READY);
      },
    );
    expect(await outcome(sandbox)).to.deep.equal({
      kind: 'failed',
      code: 'workerLost',
      detail: 'could not be cloned',
    });
    expect(workers[0]?.isTerminated).to.equal(true);
  });

  it('that speaks before it is ready is ended, and its run is told', async () => {
    const { sandbox, workers } = hostile(
      () => undefined,
      (worker) => {
        worker.send(ended(1));
        worker.send(READY);
      },
    );
    expect(await outcome(sandbox)).to.deep.equal(lied('ended without a run'));
    expect(workers[0]?.isTerminated).to.equal(true);
  });

  /** What it sends once its run is over; the next run waits already. */
  const afterwards: Record<string, (next: number) => readonly unknown[]> = {
    'goes on with the run that is over': (next) => [output(next - 1, 0)],
    'ends the run that is over again': (next) => [ended(next - 1)],
    'forges output of the next run': (next) => [READY, output(next, 0)],
    'forges the end of the next run': (next) => [
      READY,
      { ...ended(next), end: { ...RETURNED, exitCode: 9 } },
    ],
    'reports for the next run': (next) => [report(next)],
    'says what is not a message': () => [null],
    'cannot prepare another': () => [{ kind: 'broken', code: 'interpreter', detail: 'no memory' }],
    'goes away': () => [],
  };
  for (const [what, messages] of Object.entries(afterwards)) {
    it(`that ${what} once it is over reaches no other run`, async () => {
      const { sandbox, workers } = hostile((runId, worker, all) => {
        worker.send(ended(runId));
        const lying = worker === all[0];
        for (const message of lying ? messages(runId + 1) : [READY]) worker.send(message);
        if (lying && what === 'goes away') worker.fail('gone');
      });
      const runs = [start(sandbox), start(sandbox), start(sandbox)];
      const seen: unknown[] = [];
      for (const run of runs.slice(1)) run.onOutput((chunk) => seen.push(chunk));
      for (const run of runs) {
        const result = await run.result;
        expect(result.outcome).to.deep.equal(EXITED);
        expect(result.value).to.equal(null);
      }
      expect(seen).to.deep.equal([]);
      expect(workers.map(({ isTerminated }) => isTerminated)).to.deep.equal([true, false]);
    });
  }

  for (const message of [READY, output(1, 0), report(1), refused(1), ended(1)]) {
    const { kind } = message as { kind: string };
    it(`that sends "${kind}" while it stands idle is ended at the first`, async () => {
      const { sandbox, workers } = hostile((runId, worker) => {
        worker.send(ended(runId));
      });
      await sandbox.whenReady();
      workers[0]?.send(message);
      expect(workers[0]?.isTerminated).to.equal(true);
      expect(await outcome(sandbox)).to.deep.equal(EXITED);
      expect(workers.length).to.equal(2);
    });
  }
});
