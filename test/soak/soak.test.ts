import { existsSync, readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import type { SandboxWorker } from '../../src/engine/sandboxHost.js';
import { Sandbox } from '../../src/engine/sandbox.js';
import { encodeWtf8 } from '../../src/engine/wtf8.js';
import type { PolicyOptions } from '../../src/engine/policy.js';
import { outcomeLabel } from '../../src/selfTest/runAttempt.js';
import { createTestHost } from '#testHost';
import type { Attempt, Family } from '../../src/selfTest/attempt.js';
import { internals } from '../containment/families/internals.js';

const RUNS = 2000;
const SETTLED_AFTER = 100;
/** Not counted: in these V8 compiles what is hot, and each kind of end is met for the first time. */
const WARM_UP_RUNS = 200;
const MEBIBYTE = 1024 * 1024;

interface Kind {
  readonly source: string;
  readonly outcome: string;
  readonly policy?: PolicyOptions;
  /** Stopped as soon as it prints. */
  readonly isStopped?: boolean;
}

function attemptOf({ attempts }: Family, name: string): Attempt {
  const attempt = attempts.find((one) => one.name === name);
  if (attempt === undefined) throw new Error(`no attempt "${name}"`);
  return attempt;
}

const GOOD: Kind = { source: 'print(sum(range(1000)))', outcome: 'exited 0' };
const limits = (given: NonNullable<PolicyOptions['limits']>) => ({ policy: { limits: given } });

/** One of each in turn, with good ones between. */
const KINDS: readonly Kind[] = [
  { source: '1/0', outcome: 'exited 1' },
  { source: 'x = bytearray(100 << 20); x[::4096] = b"x" * len(x[::4096])', outcome: 'exited 0' },
  { source: 'import os; os.abort()', outcome: 'trapped unreachable' },
  { source: 'while True: pass', outcome: 'timedOut', ...limits({ timeoutMs: 50 }) },
  {
    source: 'while True: print("x" * 1000)',
    outcome: 'limitExceeded output',
    ...limits({ outputBytes: 100_000 }),
  },
  {
    source: 'for i in range(500): open(f"/tmp/{i}", "w").write("x" * 10_000)',
    outcome: 'exited 0',
  },
  { source: 'while True: pass', outcome: 'limitExceeded fuel', ...limits({ fuel: 20 }) },
  {
    source: 'x = []\nwhile True: x.append(bytearray(1 << 20))',
    outcome: 'limitExceeded memory',
    ...limits({ memoryBytes: 64 * MEBIBYTE }),
  },
  { source: 'print(1, flush=True)\nwhile True: pass', outcome: 'interrupted', isStopped: true },
  {
    source: attemptOf(internals, 'runs bytecode that pops from an empty stack').source,
    outcome: 'trapped memoryAccess',
  },
];
/** C code that never lets the host in: ended with its worker, so now and then only. */
const DEAF: Kind = {
  source: 'import itertools\nany(itertools.repeat(0))',
  outcome: 'timedOut',
  ...limits({ timeoutMs: 50 }),
};

function kindOf(run: number): Kind {
  if (run % 100 === 99) return DEAF;
  return run % 2 === 0 ? GOOD : (KINDS[((run - 1) / 2) % KINDS.length] ?? GOOD);
}

function start(sandbox: Sandbox, { source, policy, isStopped }: Kind) {
  const run = sandbox.start({
    program: {
      name: 'soak.py',
      blocks: [{ source: encodeWtf8(source), firstLine: 1, mayBeIndented: false }],
      encoding: 'text',
      displayLastExpression: false,
    },
    ...(policy === undefined ? {} : { policy }),
  });
  if (isStopped === true) {
    run.onOutput(() => {
      run.stop();
    });
  }
  return run;
}

/** Counts the workers that were started and not yet ended. */
async function countingHost() {
  const host = await createTestHost();
  let alive = 0;
  return {
    host: {
      ...host,
      spawnWorker(): SandboxWorker {
        const worker = host.spawnWorker();
        alive++;
        return {
          onMessage: worker.onMessage,
          onFailure: worker.onFailure,
          postMessage: (message) => {
            worker.postMessage(message);
          },
          terminate: () => {
            alive--;
            worker.terminate();
          },
        };
      },
    },
    alive: () => alive,
  };
}

/**
 * Resident, for most of what a sandbox holds (linear memories, compiled code) is not in V8's heap.
 * The least of several collections: what they free there is given back in tasks of its own. The
 * suite fixes what of it V8 and malloc keep for themselves (see suites.mjs): without that it comes to
 * 20 MB more after the first three hundred runs, and to nothing more after that.
 */
async function residentMegabytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let least = Infinity;
  for (let i = 0; i < 10; i++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
    least = Math.min(least, process.memoryUsage.rss() / MEBIBYTE);
  }
  return least;
}

const TASKS = '/proc/self/task';
const threads = (): number => (existsSync(TASKS) ? readdirSync(TASKS).length : 0);

describe(`a soak of ${String(RUNS)} runs, good and hostile, in one process`, () => {
  let sandbox: Sandbox;
  // After a failure, too: a worker that is left keeps the process from ending.
  afterEach(() => {
    sandbox.dispose();
  });

  it('leaves memory and workers as they were after the first hundred', async function () {
    this.timeout(400_000);
    const { host, alive } = await countingHost();
    sandbox = new Sandbox(host);
    const startedAt = performance.now();
    let settled = { megabytes: 0, threads: 0 };
    for (let run = -WARM_UP_RUNS; run < RUNS; run++) {
      const kind = kindOf(run + WARM_UP_RUNS);
      const { outcome } = await start(sandbox, kind).result;
      const label = outcomeLabel(outcome);
      expect(label.startsWith(kind.outcome), `run ${String(run)}: ${label}`).to.equal(true);
      if (run === SETTLED_AFTER - 1) {
        await sandbox.whenReady();
        settled = { megabytes: await residentMegabytes(), threads: threads() };
      }
    }
    await sandbox.whenReady();
    const megabytes = await residentMegabytes();
    const seconds = (performance.now() - startedAt) / 1000;
    console.log(
      `      ${settled.megabytes.toFixed(0)} MB after ${String(SETTLED_AFTER)}, ` +
        `${megabytes.toFixed(0)} MB after ${String(RUNS)}; ${seconds.toFixed(0)} s`,
    );
    expect(alive()).to.equal(1);
    // The threads of workers that were ended go when their turn comes.
    while (threads() > settled.threads) await new Promise((resolve) => setImmediate(resolve));
    expect(megabytes).to.be.at.most(settled.megabytes * 1.1);
    sandbox.dispose();
    expect(alive()).to.equal(0);
  });

  it('takes fifty at once, and gives each its one outcome, in order', async function () {
    this.timeout(60_000);
    const { host, alive } = await countingHost();
    sandbox = new Sandbox(host);
    const order: number[] = [];
    const runs = Array.from({ length: 50 }, (_, index) => {
      const kind = kindOf(2 * index + 1);
      const run = start(sandbox, kind);
      return run.result.then(({ outcome }) => {
        order.push(index);
        expect(outcomeLabel(outcome).startsWith(kind.outcome), outcomeLabel(outcome)).to.equal(
          true,
        );
      });
    });
    await Promise.all(runs);
    expect(order).to.deep.equal([...Array(50).keys()]);
    expect(sandbox.runs).to.deep.equal([]);
    await sandbox.whenReady();
    expect(alive()).to.equal(1);
    sandbox.dispose();
  });
});
