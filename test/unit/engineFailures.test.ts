import { expect } from 'chai';
import { Sandbox } from '../../src/engine/sandbox.js';
import type { SandboxHost, SandboxWorker } from '../../src/engine/sandboxHost.js';
import { createTestHost } from '#testHost';
import { ended, FakeWorker, PROGRAM, sandboxOfFakes } from '../support/fakeWorker.js';

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

  async function outcome(sandbox: Sandbox) {
    return (await sandbox.start({ program: PROGRAM }).result).outcome;
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

  it('ends a worker that cannot be handed the interpreter', async () => {
    const worker = new FakeWorker(() => undefined);
    worker.postMessage = () => {
      throw new RangeError('no memory for a copy');
    };
    expect(await outcome(sandboxOn({ spawnWorker: () => worker }))).to.deep.equal({
      kind: 'failed',
      code: 'workerStart',
      detail: 'no memory for a copy',
    });
    expect(worker.isTerminated).to.equal(true);
  });

  it('settles all runs when it is closed, and takes none afterwards', async () => {
    const { sandbox } = sandboxOfFakes(real, { onRun: () => undefined });
    sandboxes.push(sandbox);
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
