import { createTestHost } from '#testHost';
import { expect } from 'chai';
import wabt from 'wabt';
import type { PolicyOptions } from '../../src/engine/policy.js';
import type { Run, RunResult } from '../../src/engine/run.js';
import { Sandbox } from '../../src/engine/sandbox.js';
import { encodeWtf8 } from '../../src/engine/wtf8.js';
import type { OutputStream } from '../../src/protocol/messages.js';
import { assemble } from './hostile/assemble.js';
import { STDLIB } from './hostile/audit.js';
import * as floods from './hostile/floods.js';
import { GUEST_PAGES } from './hostile/guestWat.js';
import { HostileHost } from './hostile/hostileHost.js';
import { createImage } from './hostile/image.js';
import { IMPORTS } from './hostile/imports.js';
import { hostileRequest } from './hostile/machine.js';
import { ODD_MODULES } from './hostile/oddModules.js';

const GUEST_IMAGE = createImage(GUEST_PAGES * 65_536);

describe('a hostile module in place of the interpreter', () => {
  let host: HostileHost;
  let sandbox: Sandbox;

  before(async () => {
    host = new HostileHost(await createTestHost(), null);
    sandbox = new Sandbox(host);
    await sandbox.whenReady();
  });
  after(() => {
    sandbox.dispose();
  });

  /** The guest of the next run; the worker after it gets Python again. */
  async function put(wat: string, image: Uint8Array = GUEST_IMAGE): Promise<void> {
    host.guestOnce({ module: await assemble(wat), image, stdlib: STDLIB });
  }

  function start(policy: PolicyOptions = {}, ...words: readonly number[]): Run {
    const source = new Uint8Array(Uint32Array.from(words).buffer);
    return sandbox.start(hostileRequest(source, policy));
  }

  async function run(policy: PolicyOptions = {}, ...words: number[]): Promise<RunResult> {
    return start(policy, ...words).result;
  }

  /** The sandbox serves a program of everyday, on another worker. */
  async function expectStillWell(): Promise<void> {
    const program = hostileRequest(encodeWtf8('print("still well")'));
    const next = sandbox.start(program);
    let said = '';
    next.onOutput(({ bytes }) => {
      said += new TextDecoder().decode(bytes);
    });
    expect((await next.result).outcome).to.include({ kind: 'exited', code: 0 });
    expect(said).to.equal('still well\n');
  }

  /** What a running guest can be reached by, other than ending its worker. */
  const hasSignals = (): boolean => host.capabilities.sharedMemory || host.capabilities.jspi;

  for (const odd of ODD_MODULES) {
    it(`${odd.name}: ${Object.values(odd.outcome).join(' ')}`, async () => {
      await put(odd.wat, odd.image);
      const { started } = host;
      expect((await run(odd.policy)).outcome).to.deep.include(odd.outcome);
      if (odd.keepsWorker) {
        // The worker took no harm: it comes to the same again.
        expect((await run(odd.policy)).outcome).to.deep.include(odd.outcome);
        expect(host.started).to.equal(started + 1);
      } else {
        await expectStillWell();
        expect(host.started).to.equal(started + 2);
      }
    });
  }

  it('that grows to its memory limit has that, to the page', async () => {
    const greedy = ODD_MODULES.find(({ name }) => name.startsWith('that grows'));
    if (greedy === undefined) throw new Error('not there');
    await put(greedy.wat);
    expect((await run(greedy.policy)).memoryBytes).to.equal(64 * 1024 * 1024);
  });

  it('that polls a million times burns a million of fuel, whatever else it polls', async () => {
    await put(floods.POLL_FLOOD_WAT);
    expect(await run()).to.deep.include({ fuel: 1_000_000 });
    expect((await run({ limits: { fuel: 1_000_000 } })).outcome.kind).to.equal('exited');
    const burnt = await run({ limits: { fuel: 999_999 } });
    expect(burnt.outcome).to.include({ kind: 'limitExceeded', limit: 'fuel', limitTicks: 999_999 });
  });

  it('that floods with reports gets eight of them taken', async () => {
    await put(floods.REPORT_FLOOD_WAT);
    const { outcome, value } = await run({}, 100_000);
    expect(outcome).to.deep.equal({ kind: 'exited', code: 8, traceback: null });
    expect(value).to.equal('abc');
  });

  it('that floods with refused calls has 64 of them listed, and the rest counted', async () => {
    await put(floods.REFUSED_FLOOD_WAT);
    const { outcome, refusals } = await run({}, 4096);
    expect(outcome).to.include({ kind: 'exited', code: 0 });
    expect(refusals.calls.length).to.equal(64);
    expect(refusals.omitted).to.equal(4096 - 64);
    for (const call of refusals.calls) {
      expect(call).to.include({ seenBy: 'guest', operation: 'x', errno: 44, count: 1 });
      expect(call.target).to.match(/^[A-P]{3}$/);
    }
  });

  it('that floods with output has its limit delivered, to the byte', async () => {
    await put(floods.OUTPUT_FLOOD_WAT);
    const flooding = start({ limits: { outputBytes: 100_001 } });
    const bytes: Record<OutputStream, number> = { stdout: 0, stderr: 0 };
    flooding.onOutput((chunk) => {
      bytes[chunk.stream] += chunk.bytes.length;
    });
    expect((await flooding.result).outcome).to.deep.equal({
      kind: 'limitExceeded',
      limit: 'output',
      limitBytes: 100_001,
    });
    expect(bytes).to.deep.equal({ stdout: 50_001, stderr: 50_000 });
  });

  it('that sleeps for centuries is interrupted by Stop, and told so', async () => {
    await put(floods.SLEEP_WAT);
    const sleeping = start();
    sleeping.onOutput(() => {
      sleeping.stop();
    });
    const EINTR = 27;
    expect((await sleeping.result).outcome).to.deep.equal(
      hasSignals()
        ? { kind: 'exited', code: EINTR, traceback: null }
        : { kind: 'interrupted', started: true, forced: true },
    );
  });

  it('that sleeps for centuries is ended by the time limit', async () => {
    await put(floods.SLEEP_WAT);
    const { started } = host;
    const outcome = { kind: 'timedOut', limitMs: 50 };
    expect((await run({ limits: { timeoutMs: 50 } })).outcome).to.deep.equal(outcome);
    if (hasSignals()) {
      expect((await run({ limits: { timeoutMs: 50 } })).outcome).to.deep.equal(outcome);
      expect(host.started).to.equal(started + 1);
    } else {
      await expectStillWell();
    }
  });

  it('that sleeps for centuries by a clock of its own wakes at once', async () => {
    await put(floods.SLEEP_WAT);
    expect((await run({ deterministic: 1 })).outcome).to.include({ kind: 'exited', code: 0 });
  });

  it('that never comes to be ready for a run is ended by the time limit of that run', async () => {
    await put(floods.NEVER_READY_WAT);
    expect((await run()).outcome).to.include({ kind: 'exited', code: 0 });
    // Other settings than those that the standing one was prepared for.
    const policy = { env: { A: '1' }, limits: { timeoutMs: 50 } };
    expect((await run(policy)).outcome).to.deep.equal({ kind: 'timedOut', limitMs: 50 });
    await expectStillWell();
  });

  it('that catches what the host throws through it is ended by the time limit', async () => {
    await put(floods.CATCHING_WAT);
    const policy = { limits: { timeoutMs: 50, fuel: 10 } };
    expect((await run(policy)).outcome).to.deep.equal({ kind: 'timedOut', limitMs: 50 });
    await expectStillWell();
  });
});

describe("the interpreter's own module", () => {
  it('cannot catch what the host throws through it: it knows no exceptions', async function () {
    this.timeout(60_000);
    const bytes = await (await createTestHost()).readAsset('python.wasm');
    const assembler = await wabt();
    const read = (module: Uint8Array): void => {
      // Refuses the section and the instructions that exceptions need.
      const parsed = assembler.readWasm(module, { exceptions: false });
      parsed.validate();
      parsed.destroy();
    };
    read(bytes);
    const catching = assembler.parseWat('catching.wat', floods.CATCHING_WAT, { exceptions: true });
    expect(() => {
      read(catching.toBinary({}).buffer);
    }).to.throw('unexpected opcode');
    catching.destroy();
  });

  it('calls nothing but what the hostile module calls', async () => {
    const bytes = await (await createTestHost()).readAsset('python.wasm');
    const imports = WebAssembly.Module.imports(await WebAssembly.compile(new Uint8Array(bytes)));
    const known = new Set([
      'env.memory',
      ...IMPORTS.map(({ module, name }) => `${module}.${name}`),
    ]);
    expect(imports.map(({ module, name }) => `${module}.${name}`)).to.satisfy((names: string[]) =>
      names.every((name) => known.has(name)),
    );
  });
});
