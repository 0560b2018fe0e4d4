import { createTestHost } from '#testHost';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Run } from '../../src/engine/run.js';
import type { RunState } from '../../src/engine/runState.js';
import type { FromWorker } from '../../src/protocol/messages.js';
import { ended, output, PROGRAM, sandboxOfFakes, type FakeWorker } from '../support/fakeWorker.js';
import { mutated } from '../support/hostileValues.js';
import { withShortTimers } from '../support/shortTimers.js';
import { validMessage } from '../support/validMessage.js';

/** One thing that a worker does; messages are made when they are sent. */
type Deed =
  | { readonly kind: 'output' | 'ended' | 'ready' | 'fail' | 'pause' }
  /** `of`: the run that it claims to be of, counted from the one under way. */
  | { readonly kind: 'message'; readonly message: FromWorker; readonly of: number }
  | { readonly kind: 'mutant'; readonly make: () => unknown };

interface HostileScript {
  /** Whether its workers cannot be sent a run. */
  readonly isDeaf: boolean;
  readonly onInit: readonly Deed[];
  /** For each of the runs. */
  readonly onRun: readonly (readonly Deed[])[];
  /** After how many milliseconds a run is stopped; null: not at all. */
  readonly stops: readonly (number | null)[];
}

const RUNS = 3;
const OUTPUT_BYTES = 50;
const TIMEOUT_MS = 15;

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Deed>({ kind: 'output' }) },
  { weight: 1, arbitrary: fc.constant<Deed>({ kind: 'ended' }) },
  { weight: 1, arbitrary: fc.constantFrom<Deed>({ kind: 'ready' }, { kind: 'fail' }) },
  { weight: 4, arbitrary: fc.constant<Deed>({ kind: 'pause' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('message' as const),
      message: validMessage(fc.constant(0)),
      of: fc.constantFrom(0, 0, 0, 0, 1, -1, 5),
    }),
  },
  {
    weight: 1,
    arbitrary: validMessage(fc.constant(0))
      .chain(mutated)
      .map((make): Deed => ({ kind: 'mutant', make })),
  },
);
const rarely = <T>(often: T, seldom: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(often) }, { weight: 1, arbitrary: seldom });
const nothing = fc.constant<readonly Deed[]>([]);
const isReady: readonly Deed[] = [{ kind: 'ready' }];
const hostileScript: fc.Arbitrary<HostileScript> = fc.record({
  isDeaf: rarely(false, fc.constant(true)),
  onInit: fc
    .tuple(rarely<readonly Deed[]>([], fc.array(deed, { maxLength: 2 })), rarely(isReady, nothing))
    .map((parts) => parts.flat()),
  onRun: fc.array(
    fc
      .tuple(
        fc.array(deed, { maxLength: 10 }),
        // Mostly it ends its run, and is ready again; else it stays silent, or goes on.
        rarely<readonly Deed[]>([{ kind: 'ended' }, ...isReady], fc.array(deed, { maxLength: 3 })),
        rarely([], fc.array(deed, { maxLength: 3 })),
      )
      .map((parts) => parts.flat()),
    { minLength: RUNS, maxLength: RUNS },
  ),
  stops: fc.array(rarely(null, fc.nat(10)), { minLength: RUNS, maxLength: RUNS }),
});

describe('a hostile worker that does anything in any order', () => {
  it('gives every run exactly one outcome, in the order of the queue, and harms no run after it', async function () {
    this.timeout(120_000);
    let script: HostileScript | null = null;
    let firstRunId = 1;
    const { sandbox, workers } = sandboxOfFakes(await createTestHost(), {
      onInit: (worker) => {
        const post = worker.postMessage.bind(worker);
        worker.postMessage = (message) => {
          if (script?.isDeaf === true) throw new TypeError('could not be cloned');
          post(message);
        };
        void act(worker, script?.onInit ?? [{ kind: 'ready' }], 0);
      },
      onRun: (runId, worker) => {
        server.set(runId, worker);
        const deeds = script?.onRun[runId - firstRunId];
        void act(worker, deeds ?? [{ kind: 'ended' }, { kind: 'ready' }], runId);
      },
    });
    await sandbox.whenReady();
    const outcomes = new Map<string, number>();

    const check = async (hostile: HostileScript): Promise<void> => {
      script = hostile;
      const order: number[] = [];
      const observed = hostile.stops.map((stopAfterMs) => {
        const run = sandbox.start({
          program: PROGRAM,
          policy: { limits: { timeoutMs: TIMEOUT_MS, outputBytes: OUTPUT_BYTES } },
        });
        if (stopAfterMs !== null) {
          setTimeout(() => {
            run.stop();
          }, stopAfterMs);
        }
        return observe(run, () => order.push(run.id));
      });
      for (const { run, states, bytes } of observed) {
        const { outcome } = await settledSoon(run);
        outcomes.set(outcome.kind, (outcomes.get(outcome.kind) ?? 0) + 1);
        expect(states.filter((kind) => kind === 'settled').length).to.equal(1);
        expect(states.at(-1)).to.equal('settled');
        expect(run.state).to.deep.include({ kind: 'settled' });
        expect(bytes()).to.be.at.most(OUTPUT_BYTES);
      }
      // A stopped run may leave the queue early; the others keep their order.
      const unstopped = observed
        .filter((_, index) => hostile.stops[index] === null)
        .map(({ run }) => run.id);
      expect(order.filter((id) => unstopped.includes(id))).to.deep.equal(unstopped);
      expect(order.length).to.equal(RUNS);

      script = null;
      // Whatever was under way arrives, and no worker that starts is a hostile one.
      await sandbox.whenReady().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 2));
      const next = await settledSoon(sandbox.start({ program: PROGRAM }));
      expect(next.outcome).to.deep.equal({ kind: 'exited', code: 0, traceback: null });
      firstRunId += RUNS + 1;
      // One stands ready at most: none was forgotten.
      expect(workers.filter(({ isTerminated }) => !isTerminated).length).to.be.at.most(1);
    };

    try {
      await withShortTimers(() =>
        fc.assert(fc.asyncProperty(hostileScript, check), { numRuns: 150, endOnFailure: true }),
      );
    } finally {
      sandbox.dispose();
    }
    expect(workers.every(({ isTerminated }) => isTerminated)).to.equal(true);
    const counts = Array.from(outcomes, ([kind, count]) => `${kind} ${String(count)}`);
    console.log(`      ${String(workers.length)} workers; ${counts.join(', ')}`);
    expect([...outcomes.keys()]).to.include.members([
      'exited',
      'failed',
      'timedOut',
      'interrupted',
    ]);
  });
});

/** The worker that is heard at this moment: what it says is taken in at once. */
let speaker: FakeWorker | null = null;
/** The worker that was given a run. */
const server = new Map<number, FakeWorker>();

function say(worker: FakeWorker, message: unknown): void {
  speaker = worker;
  worker.send(message);
  speaker = null;
}

/** Does what a script says, without regard to what is answered. */
async function act(worker: FakeWorker, deeds: readonly Deed[], runId: number): Promise<void> {
  let sequence = 0;
  for (const one of deeds) {
    switch (one.kind) {
      case 'output':
        say(worker, output(runId, sequence++, new Uint8Array(7)));
        break;
      case 'ended':
        say(worker, ended(runId));
        break;
      case 'ready':
        say(worker, { kind: 'ready' });
        break;
      case 'fail':
        worker.fail('gone');
        break;
      case 'pause':
        await new Promise((resolve) => setTimeout(resolve, 1));
        break;
      case 'message':
        say(
          worker,
          'runId' in one.message ? { ...one.message, runId: runId + one.of } : one.message,
        );
        break;
      case 'mutant': {
        const message = one.make();
        const field = Object.getOwnPropertyDescriptor(Object(message), 'runId');
        const isOwn = field?.writable === true && field.value === 0;
        say(worker, isOwn ? Object.assign(message as object, { runId }) : message);
        break;
      }
    }
  }
}

function observe(
  run: Run,
  onSettled: () => void,
): {
  readonly run: Run;
  readonly states: readonly RunState['kind'][];
  readonly bytes: () => number;
} {
  const states: RunState['kind'][] = [];
  let bytes = 0;
  run.onDidChangeState(({ kind }) => {
    states.push(kind);
    // No other worker's words have to do with it.
    if (speaker !== null) expect(server.get(run.id)).to.equal(speaker);
    if (kind === 'settled') onSettled();
  });
  run.onOutput((chunk) => {
    expect(states).not.to.include('settled');
    expect(server.get(run.id)).to.equal(speaker);
    bytes += chunk.bytes.length;
  });
  return { run, states, bytes: () => bytes };
}

/** As it is before it is shortened. */
const unhurried = globalThis.setTimeout;

async function settledSoon(run: Run): Promise<Awaited<Run['result']>> {
  const late = new Promise<never>((_, reject) => {
    const timer = unhurried(() => {
      reject(new Error(`run ${String(run.id)} never settled: ${run.state.kind}`));
    }, 5000);
    void run.result.finally(() => {
      clearTimeout(timer);
    });
  });
  return Promise.race([run.result, late]);
}
