import {
  DETERMINISTIC_STACK_KIB,
  SIGNAL,
  type GuestCapabilities,
  type GuestEnd,
  type InstanceSettings,
  type OutputChunk,
} from '../protocol/messages.js';
import type { Refusals } from '../protocol/refusedCall.js';
import { classifyTrap } from './classifyTrap.js';
import { createEntropy, type Entropy } from './entropy.js';
import { Quota } from './fs/quota.js';
import { Volume } from './fs/volume.js';
import { endOfCall, endOfUnwind } from './guestEnd.js';
import { createGuestClock, type GuestClock } from './guestClock.js';
import { GuestReports } from './guestReports.js';
import { OutputBatcher } from './outputBatcher.js';
import { RefusalLog } from './refusalLog.js';
import type { SignalFlag } from './signalFlag.js';
import { Sleeper } from './sleeper.js';
import { createMemory, restore, type Snapshot } from './snapshot.js';
import { Unwind } from './unwind.js';
import { createImports } from './wasi/createImports.js';
import { InputDescriptor } from './wasi/streamDescriptors.js';

/** `rt_call` operations. */
const OPERATION = { runProgram: 1 } as const;
const ENTROPY_BYTES = 32;
/** How often a guest that suspends lets its worker take messages. */
const YIELD_INTERVAL_MS = 20;

/** What is the same for all interpreters of a worker. */
export interface InterpreterParts {
  readonly module: WebAssembly.Module;
  readonly snapshot: Snapshot;
  readonly stdlib: Uint8Array;
  readonly capabilities: GuestCapabilities;
  readonly signals: SignalFlag;
}

/** Takes what the program sends out. */
export interface InterpreterSink {
  output(chunks: readonly OutputChunk[]): void;
  report(kind: 'exception' | 'value', bytes: Uint8Array): void;
  refused(refusals: Refusals): void;
}

type Export = (...values: number[]) => number;

/** One instance of CPython, restored from the snapshot. It runs one program and is thrown away. */
export class Interpreter {
  readonly settings: InstanceSettings;
  readonly #parts: InterpreterParts;
  readonly #memory: WebAssembly.Memory;
  readonly #exports: Record<string, unknown>;
  readonly #clock: GuestClock;
  readonly #entropy: Entropy;
  readonly #refusals = new RefusalLog();
  readonly #output: OutputBatcher;
  readonly #stdin = new InputDescriptor();
  readonly #isSuspending: boolean;
  #sink: InterpreterSink | null = null;
  #isRunning = false;
  #fuel = 0;
  #maxFuel = 0;
  #lastYieldMs = 0;

  /** Prepares an interpreter. @throws Error if the runtime's files do not fit together. */
  constructor(parts: InterpreterParts, settings: InstanceSettings) {
    const { limits } = settings;
    this.settings = settings;
    this.#parts = parts;
    this.#isSuspending = parts.capabilities.jspi && !parts.signals.isShared;
    this.#memory = createMemory(parts.snapshot, limits.memoryBytes);
    this.#clock = createGuestClock(settings.clock, parts.snapshot.monotonicNs);
    this.#entropy = createEntropy(settings.seed);
    this.#output = new OutputBatcher(limits.outputBytes, (chunks) => this.#sink?.output(chunks));
    const reports = new GuestReports(this.#memory, this.#refusals, (kind, bytes) =>
      this.#sink?.report(kind, bytes),
    );
    const instance = new WebAssembly.Instance(parts.module, {
      env: { memory: this.#memory },
      wasi_snapshot_preview1: this.#wasiImports(),
      rt: {
        poll: (kind: number) => this.#poll(kind),
        yield: this.#isSuspending ? new WebAssembly.Suspending(() => this.#yield()) : () => 0,
        report: (kind: number, at: number, length: number) =>
          reports.take(kind, at >>> 0, length >>> 0),
      },
    });
    this.#exports = instance.exports;
    restore(parts.snapshot, this.#memory);
    (this.#exports['__stack_pointer'] as { value: number }).value = parts.snapshot.stackPointer;
    this.#restored();
  }

  get memory(): WebAssembly.Memory {
    return this.#memory;
  }

  get memoryBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Ticks of the interpreter so far. */
  get fuel(): number {
    return this.#fuel;
  }

  /** Runs one program to its end, whichever that is. Never rejects. */
  async run(
    request: Uint8Array,
    stdin: Uint8Array,
    maxFuel: number,
    sink: InterpreterSink,
  ): Promise<GuestEnd> {
    this.#maxFuel = maxFuel;
    this.#sink = sink;
    this.#stdin.feed(stdin);
    this.#clock.restart();
    this.#lastYieldMs = performance.now();
    this.#refusals.begin(() => {
      sink.refused(this.#refusals.refusals);
    });
    this.#isRunning = true;
    let end: GuestEnd;
    try {
      this.#write(request);
      const call = this.#export('rt_call');
      const enter = this.#parts.capabilities.jspi ? WebAssembly.promising(call) : call;
      end = endOfCall(await enter(OPERATION.runProgram, request.length));
    } catch (error) {
      end = error instanceof Unwind ? endOfUnwind(error) : classifyTrap(error);
    }
    this.#isRunning = false;
    this.#output.flush();
    const { refusals } = this.#refusals;
    if (refusals.calls.length > 0) sink.refused(refusals);
    this.#sink = null;
    return end;
  }

  #restored(): void {
    const entropy = new Uint8Array(ENTROPY_BYTES);
    this.#entropy(entropy);
    this.#write(entropy);
    for (const status of [
      this.#export('rt_restored')(ENTROPY_BYTES),
      this.#export('rt_stack_limit')(this.#stackLimitKiB()),
    ]) {
      if (status !== 0) throw new Error(`the interpreter did not wake up: ${String(status)}`);
    }
  }

  #stackLimitKiB(): number {
    const { stackLimitKiB } = this.#parts.capabilities;
    const { clock, seed } = this.settings;
    // A deterministic run recurses as deep everywhere, whatever else the host could.
    return clock !== 'host' && seed !== null
      ? Math.min(stackLimitKiB, DETERMINISTIC_STACK_KIB)
      : stackLimitKiB;
  }

  #wasiImports(): Record<string, WebAssembly.ImportValue> {
    const { limits, env } = this.settings;
    const clock = this.#clock;
    const quota = new Quota(limits.fileBytes, limits.fileCount);
    const volume = new Volume(quota, () => clock.realtimeNs());
    volume.mountFile('/usr/local/lib/python314.zip', this.#parts.stdlib);
    volume.mountDirectory('/tmp', true);
    volume.mountDirectory('/workspace', true);
    const imports = createImports({
      memory: this.#memory,
      volume,
      clock,
      entropy: this.#entropy,
      refusals: this.#refusals,
      environment: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      sleeper: new Sleeper(this.#parts.signals, this.#output, clock, this.#isSuspending),
      stdin: this.#stdin,
      maxDescriptors: limits.openDescriptors,
      writeStdout: (bytes) => {
        this.#output.write('stdout', bytes);
      },
      writeStderr: (bytes) => {
        this.#output.write('stderr', bytes);
      },
    });
    const { poll_oneoff: poll } = imports;
    return this.#isSuspending && poll !== undefined
      ? { ...imports, poll_oneoff: new WebAssembly.Suspending(poll) }
      : imports;
  }

  /** The interpreter's own poll: 0 go on, 1 raise KeyboardInterrupt, 2 call `yield`. */
  #poll(kind: number): number {
    if (!this.#isRunning) return 0;
    if (kind === 0) this.#tick();
    const now = performance.now();
    this.#output.tick(now);
    const { signals } = this.#parts;
    if (signals.pending === SIGNAL.abort) throw new Unwind({ kind: 'abort' });
    if (signals.takeInterrupt()) return 1;
    return this.#isSuspending && now - this.#lastYieldMs >= YIELD_INTERVAL_MS ? 2 : 0;
  }

  /** @throws Unwind when the fuel is burnt */
  #tick(): void {
    this.#clock.tick();
    if (++this.#fuel > this.#maxFuel) throw new Unwind({ kind: 'fuelLimit' });
  }

  async #yield(): Promise<number> {
    this.#output.flush();
    await nextTask();
    this.#lastYieldMs = performance.now();
    const { signals } = this.#parts;
    if (signals.pending === SIGNAL.abort) throw new Unwind({ kind: 'abort' });
    return signals.takeInterrupt() ? 1 : 0;
  }

  #write(bytes: Uint8Array): void {
    const at = this.#export('rt_buffer')(bytes.length) >>> 0;
    if (at === 0) throw new Error('the request does not fit into the memory');
    new Uint8Array(this.#memory.buffer).set(bytes, at);
  }

  #export(name: string): Export {
    const value = this.#exports[name];
    if (typeof value !== 'function') throw new Error(`python.wasm does not export ${name}`);
    return value as Export;
  }
}

/** Resolves in a task of its own, so that messages which wait are taken first. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
