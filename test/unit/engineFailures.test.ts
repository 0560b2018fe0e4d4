import { expect } from 'chai';
import { Emitter } from '../../src/common/emitter.js';
import { Sandbox } from '../../src/engine/sandbox.js';
import type { SandboxHost, SandboxWorker } from '../../src/engine/sandboxHost.js';
import type { Limits } from '../../src/protocol/limits.js';
import type { ToWorker } from '../../src/protocol/messages.js';
import { createTestHost } from '#testHost';

/** A worker that does what the test says instead of running Python: the hostile side. */
class FakeWorker implements SandboxWorker {
  readonly #onMessage = new Emitter<unknown>();
  readonly #onFailure = new Emitter<string>();
  readonly onMessage = this.#onMessage.event;
  readonly onFailure = this.#onFailure.event;
  isTerminated = false;

  constructor(readonly answer: (message: ToWorker, worker: FakeWorker) => void) {}

  postMessage(message: ToWorker): void {
    queueMicrotask(() => {
      this.answer(message, this);
    });
  }

  send(message: unknown): void {
    this.#onMessage.fire(message);
  }

  fail(detail: string): void {
    this.#onFailure.fire(detail);
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

const PROGRAM = {
  name: 'x.py',
  blocks: [],
  encoding: 'text',
  displayLastExpression: false,
} as const;
const RETURNED = {
  kind: 'returned',
  exitCode: 0,
  uncaught: false,
  outOfMemory: false,
  keyboardInterrupt: false,
};
const ended = (runId: number) => ({
  kind: 'ended',
  runId,
  end: RETURNED,
  memoryBytes: 1,
  fuel: 0,
  durationMs: 1,
});

describe('the engine, when things go wrong', () => {
  let real: SandboxHost;
  const sandboxes: Sandbox[] = [];

  before(async () => {
    real = await createTestHost();
  });
  afterEach(() => {
    for (const sandbox of sandboxes.splice(0)) sandbox.dispose();
  });

  function sandboxOn(host: Partial<SandboxHost>): Sandbox {
    const sandbox = new Sandbox({
      capabilities: real.capabilities,
      spawnWorker: () => real.spawnWorker(),
      readAsset: (name) => real.readAsset(name),
      ...host,
    });
    sandboxes.push(sandbox);
    return sandbox;
  }

  async function outcome(sandbox: Sandbox, limits: Partial<Limits> = {}) {
    return (await sandbox.start({ program: PROGRAM, policy: { limits } }).result).outcome;
  }

  /** A sandbox whose workers become ready and then answer a run in this way. */
  function hostile(onRun: (runId: number, worker: FakeWorker) => void) {
    const workers: FakeWorker[] = [];
    const sandbox = sandboxOn({
      spawnWorker: () => {
        const worker = new FakeWorker((message, self) => {
          if (message.kind === 'init') self.send({ kind: 'ready' });
          if (message.kind === 'run') onRun(message.runId, self);
        });
        workers.push(worker);
        return worker;
      },
    });
    return { sandbox, workers };
  }

  it('names a file of the runtime that is missing, and works once it is there', async () => {
    let isThere = false;
    const sandbox = sandboxOn({
      readAsset: (name) =>
        isThere || name !== 'python.img'
          ? real.readAsset(name)
          : Promise.reject(new Error('ENOENT: no such file')),
    });
    expect(await outcome(sandbox)).to.deep.equal({
      kind: 'failed',
      code: 'runtimeMissing',
      detail: 'runtime/python.img: ENOENT: no such file',
    });
    isThere = true;
    expect(await outcome(sandbox)).to.include({ kind: 'exited', code: 0 });
  });

  for (const file of ['python.wasm', 'python.img', 'python314.zip'] as const) {
    it(`notices one flipped bit in ${file}, and a file cut short`, async () => {
      const damages = [
        (bytes: Uint8Array) => bytes.with(1000, (bytes[1000] ?? 0) ^ 1),
        (bytes: Uint8Array) => bytes.slice(0, -1),
      ];
      for (const damage of damages) {
        const sandbox = sandboxOn({
          readAsset: async (name) => {
            const bytes = await real.readAsset(name);
            return name === file ? damage(bytes) : bytes;
          },
        });
        expect(await outcome(sandbox)).to.include({ kind: 'failed', code: 'runtimeCorrupt' });
      }
    });
  }

  it('says so when no worker can be made, or one fails at its start', async () => {
    const thrown = sandboxOn({
      spawnWorker: () => {
        throw new Error('no workers here');
      },
    });
    expect(await outcome(thrown)).to.deep.equal({
      kind: 'failed',
      code: 'workerStart',
      detail: 'no workers here',
    });
    const failing = sandboxOn({
      spawnWorker: () =>
        new FakeWorker((_message, self) => {
          self.fail('blocked');
        }),
    });
    expect(await outcome(failing)).to.deep.equal({
      kind: 'failed',
      code: 'workerStart',
      detail: 'blocked',
    });
  });

  const lies: Record<string, (runId: number, worker: FakeWorker) => void> = {
    'not a message': (_, worker) => {
      worker.send('ready');
    },
    'a message for another run': (runId, worker) => {
      worker.send(ended(runId + 1));
    },
    'output out of order': (runId, worker) => {
      const chunks = [{ stream: 'stdout', bytes: Uint8Array.of(1) }];
      worker.send({ kind: 'output', runId, sequence: 1, chunks });
    },
    'reports without end': (runId, worker) => {
      for (let i = 0; i < 20; i++) {
        worker.send({ kind: 'report', runId, report: 'value', bytes: Uint8Array.of(0x31) });
      }
    },
    'an end that was not asked for': (runId, worker) => {
      worker.send({ ...ended(runId), end: { kind: 'aborted' } });
    },
  };
  for (const [what, lie] of Object.entries(lies)) {
    it(`ends a worker that sends ${what}; the next run gets another`, async () => {
      let isLying = true;
      const { sandbox, workers } = hostile((runId, worker) => {
        if (isLying) lie(runId, worker);
        else worker.send(ended(runId));
      });
      const first = await outcome(sandbox);
      expect(first).to.include({ kind: 'failed', code: 'protocol' });
      isLying = false;
      if (what !== 'an end that was not asked for') {
        expect(workers[0]?.isTerminated).to.equal(true);
        expect(await outcome(sandbox)).to.include({ kind: 'exited' });
      }
    });
  }

  it('takes the first of two outcomes, and nothing after it', async () => {
    const { sandbox } = hostile((runId, worker) => {
      worker.send(ended(runId));
      worker.send({ ...ended(runId), end: { ...RETURNED, exitCode: 9 } });
      worker.send({
        kind: 'output',
        runId,
        sequence: 0,
        chunks: [{ stream: 'stdout', bytes: Uint8Array.of(1) }],
      });
    });
    const run = sandbox.start({ program: PROGRAM });
    const late: unknown[] = [];
    run.onOutput((chunk) => late.push(chunk));
    expect((await run.result).outcome).to.include({ kind: 'exited', code: 0 });
    expect(late).to.deep.equal([]);
  });

  it('cuts a flood that the worker should have cut itself', async () => {
    const { sandbox, workers } = hostile((runId, worker) => {
      for (let sequence = 0; sequence < 100; sequence++) {
        const chunks = [{ stream: 'stdout', bytes: new Uint8Array(1000) }];
        worker.send({ kind: 'output', runId, sequence, chunks });
      }
    });
    const run = sandbox.start({ program: PROGRAM, policy: { limits: { outputBytes: 2500 } } });
    let total = 0;
    run.onOutput(({ bytes }) => {
      total += bytes.length;
    });
    expect((await run.result).outcome).to.deep.equal({
      kind: 'limitExceeded',
      limit: 'output',
      limitBytes: 2500,
    });
    expect(total).to.equal(2500);
    expect(workers[0]?.isTerminated).to.equal(true);
  });

  it('ends a worker that never answers, at the time limit', async () => {
    const { sandbox, workers } = hostile(() => undefined);
    expect(await outcome(sandbox, { timeoutMs: 20 })).to.deep.equal({
      kind: 'timedOut',
      limitMs: 20,
    });
    expect(workers[0]?.isTerminated).to.equal(true);
  });

  it('tells of a worker that goes away in mid-run', async () => {
    const { sandbox } = hostile((_, worker) => {
      worker.fail('out of memory');
    });
    expect(await outcome(sandbox)).to.deep.equal({
      kind: 'failed',
      code: 'workerLost',
      detail: 'out of memory',
    });
  });

  it('settles all runs when it is closed, and takes none afterwards', async () => {
    const { sandbox } = hostile(() => undefined);
    const runs = [1, 2, 3].map(() => sandbox.start({ program: PROGRAM }));
    sandbox.dispose();
    runs.push(sandbox.start({ program: PROGRAM }));
    for (const run of runs) {
      expect((await run.result).outcome).to.include({ kind: 'failed', code: 'disposed' });
    }
  });

  it('never takes a run that lasts longer than idling may for idle', async () => {
    const sandbox = new Sandbox(
      {
        ...real,
        spawnWorker: () =>
          new FakeWorker((message, self) => {
            if (message.kind === 'init') self.send({ kind: 'ready' });
            if (message.kind !== 'run') return;
            // As an editor does when another Python file is shown while a program runs.
            sandbox.prepare();
            setTimeout(() => {
              self.send(ended(message.runId));
            }, 50);
          }),
      },
      { idleReleaseMs: 1 },
    );
    sandboxes.push(sandbox);
    expect(await outcome(sandbox)).to.include({ kind: 'exited', code: 0 });
  });

  it('releases the standing worker when idle, and starts another on demand', async () => {
    const spawned: SandboxWorker[] = [];
    const sandbox = new Sandbox(
      {
        ...real,
        spawnWorker: () => {
          const worker = real.spawnWorker();
          spawned.push(worker);
          return worker;
        },
      },
      { idleReleaseMs: 1 },
    );
    sandboxes.push(sandbox);
    await outcome(sandbox);
    const first = spawned[0];
    if (first === undefined) throw new Error('no worker');
    await new Promise<void>((resolve) => {
      const terminate = first.terminate.bind(first);
      first.terminate = () => {
        terminate();
        resolve();
      };
    });
    expect(await outcome(sandbox)).to.include({ kind: 'exited' });
    expect(spawned.length).to.equal(2);
  });
});
