import { guestText } from '../protocol/guestText.js';
import type { Limits } from '../protocol/limits.js';
import {
  MAX_REPORTS,
  SIGNAL,
  type GuestCapabilities,
  type GuestEnd,
  type OutputChunk,
} from '../protocol/messages.js';
import { classifyTrap } from './classifyTrap.js';
import { Quota } from './fs/quota.js';
import { Volume } from './fs/volume.js';
import { GuestClock } from './guestClock.js';
import { OutputBatcher } from './outputBatcher.js';
import type { SignalFlag } from './signalFlag.js';
import { Sleeper } from './sleeper.js';
import { createMemory, restore, type Snapshot } from './snapshot.js';
import { Unwind } from './unwind.js';
import { createImports } from './wasi/createImports.js';
import { InputDescriptor } from './wasi/streamDescriptors.js';

/** `rt_call` operations. */
const OPERATION = { runProgram: 1 } as const;
/** What `rt_call` returns beside the exit code. */
const STATUS = {
  code: 0xff,
  uncaught: 0x100,
  outOfMemory: 0x200,
  keyboardInterrupt: 0x400,
} as const;
const REPORT_KINDS = { 1: 'exception', 2: 'value' } as const;
const MAX_REPORT_BYTES = 512 * 1024;
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
}

type Export = (...values: number[]) => number;

/** One instance of CPython, restored from the snapshot. It runs one program and is thrown away. */
export class Interpreter {
  readonly limits: Limits;
  readonly #parts: InterpreterParts;
  readonly #memory: WebAssembly.Memory;
  readonly #exports: Record<string, unknown>;
  readonly #clock: GuestClock;
  readonly #output: OutputBatcher;
  readonly #stdin = new InputDescriptor();
  readonly #isSuspending: boolean;
  #sink: InterpreterSink | null = null;
  #isRunning = false;
  #reports = 0;
  #fuel = 0;
  #maxFuel = 0;
  #lastYieldMs = 0;

  /** Prepares an interpreter. @throws Error if the runtime's files do not fit together. */
  constructor(parts: InterpreterParts, limits: Limits) {
    this.limits = limits;
    this.#parts = parts;
    this.#isSuspending = parts.capabilities.jspi && !parts.signals.isShared;
    this.#memory = createMemory(parts.snapshot, limits.memoryBytes);
    this.#clock = new GuestClock(parts.snapshot.monotonicNs);
    this.#output = new OutputBatcher(limits.outputBytes, (chunks) => this.#sink?.output(chunks));
    const instance = new WebAssembly.Instance(parts.module, {
      env: { memory: this.#memory },
      wasi_snapshot_preview1: this.#wasiImports(),
      rt: {
        poll: (kind: number) => this.#poll(kind),
        yield: this.#isSuspending ? new WebAssembly.Suspending(() => this.#yield()) : () => 0,
        report: (kind: number, at: number, length: number) => this.#report(kind, at, length),
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
    this.#isRunning = true;
    let end: GuestEnd;
    try {
      this.#write(request);
      const call = this.#export('rt_call');
      const enter = this.#parts.capabilities.jspi ? WebAssembly.promising(call) : call;
      end = toEnd(await enter(OPERATION.runProgram, request.length));
    } catch (error) {
      end = error instanceof Unwind ? unwound(error) : classifyTrap(error);
    }
    this.#isRunning = false;
    this.#output.flush();
    this.#sink = null;
    return end;
  }

  #restored(): void {
    this.#write(crypto.getRandomValues(new Uint8Array(ENTROPY_BYTES)));
    for (const status of [
      this.#export('rt_restored')(ENTROPY_BYTES),
      this.#export('rt_stack_limit')(this.#parts.capabilities.stackLimitKiB),
    ]) {
      if (status !== 0) throw new Error(`the interpreter did not wake up: ${String(status)}`);
    }
  }

  #wasiImports(): Record<string, WebAssembly.ImportValue> {
    const { limits } = this;
    const clock = this.#clock;
    const volume = new Volume(new Quota(limits.fileBytes, limits.fileCount), clock.realtimeNs);
    volume.mountFile('/usr/local/lib/python314.zip', this.#parts.stdlib);
    volume.mountDirectory('/tmp', true);
    volume.mountDirectory('/workspace', true);
    const imports = createImports({
      memory: this.#memory,
      volume,
      clock,
      sleeper: new Sleeper(this.#parts.signals, this.#output, this.#isSuspending),
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
    if (kind === 0 && ++this.#fuel > this.#maxFuel) throw new Unwind({ kind: 'fuelLimit' });
    const now = performance.now();
    this.#output.tick(now);
    const { signals } = this.#parts;
    if (signals.pending === SIGNAL.abort) throw new Unwind({ kind: 'abort' });
    if (signals.takeInterrupt()) return 1;
    return this.#isSuspending && now - this.#lastYieldMs >= YIELD_INTERVAL_MS ? 2 : 0;
  }

  async #yield(): Promise<number> {
    this.#output.flush();
    await nextTask();
    this.#lastYieldMs = performance.now();
    const { signals } = this.#parts;
    if (signals.pending === SIGNAL.abort) throw new Unwind({ kind: 'abort' });
    return signals.takeInterrupt() ? 1 : 0;
  }

  #report(kind: number, at: number, length: number): number {
    const name = REPORT_KINDS[kind as keyof typeof REPORT_KINDS] as
      (typeof REPORT_KINDS)[keyof typeof REPORT_KINDS] | undefined;
    const start = at >>> 0;
    const size = length >>> 0;
    if (name === undefined || size > MAX_REPORT_BYTES || this.#reports >= MAX_REPORTS) return 1;
    if (start + size > this.memoryBytes) return 1;
    this.#reports++;
    this.#sink?.report(name, new Uint8Array(this.#memory.buffer, start, size).slice());
    return 0;
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

function toEnd(status: number): GuestEnd {
  if (status < 0) {
    return { kind: 'failed', detail: guestText(`rt_call returned ${String(status)}`) };
  }
  return {
    kind: 'returned',
    exitCode: status & STATUS.code,
    uncaught: (status & STATUS.uncaught) !== 0,
    outOfMemory: (status & STATUS.outOfMemory) !== 0,
    keyboardInterrupt: (status & STATUS.keyboardInterrupt) !== 0,
  };
}

function unwound({ reason }: Unwind): GuestEnd {
  switch (reason.kind) {
    case 'exit':
      return {
        kind: 'returned',
        exitCode: reason.code,
        uncaught: false,
        outOfMemory: false,
        keyboardInterrupt: false,
      };
    case 'abort':
      return { kind: 'aborted' };
    case 'outputLimit':
      return { kind: 'outputLimit' };
    case 'fuelLimit':
      return { kind: 'fuelLimit' };
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
