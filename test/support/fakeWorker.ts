import { Emitter } from '../../src/common/emitter.js';
import { Sandbox } from '../../src/engine/sandbox.js';
import type { SandboxHost, SandboxWorker } from '../../src/engine/sandboxHost.js';
import type { EndedMessage, ToWorker } from '../../src/protocol/messages.js';

/** A worker that does what the test says instead of running Python: the hostile side. */
export class FakeWorker implements SandboxWorker {
  readonly #onMessage = new Emitter<unknown>();
  readonly #onFailure = new Emitter<string>();
  readonly onMessage = this.#onMessage.event;
  readonly onFailure = this.#onFailure.event;
  isTerminated = false;

  /** @param answer is called for each message, soon after it was sent. */
  constructor(readonly answer: (message: ToWorker, worker: FakeWorker) => void) {}

  postMessage(message: ToWorker): void {
    queueMicrotask(() => {
      this.answer(message, this);
    });
  }

  /** Sends whatever it is; also when it was terminated, as messages under way are. */
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

/** How fake workers behave; what is left out they do as real ones. */
export interface Behaviour {
  readonly onInit?: (worker: FakeWorker) => void;
  readonly onRun: (runId: number, worker: FakeWorker, all: readonly FakeWorker[]) => void;
}

/** A sandbox with the runtime's real files, whose workers are fake. */
export function sandboxOfFakes(
  real: SandboxHost,
  { onInit, onRun }: Behaviour,
): { readonly sandbox: Sandbox; readonly workers: readonly FakeWorker[] } {
  const workers: FakeWorker[] = [];
  const sandbox = new Sandbox({
    capabilities: real.capabilities,
    readAsset: (name) => real.readAsset(name),
    spawnWorker: () => {
      const worker = new FakeWorker((message, self) => {
        if (message.kind === 'run') onRun(message.runId, self, workers);
        if (message.kind !== 'init') return;
        if (onInit === undefined) self.send({ kind: 'ready' });
        else onInit(self);
      });
      workers.push(worker);
      return worker;
    },
  });
  return { sandbox, workers };
}

/** A program that no fake worker looks at. */
export const PROGRAM = {
  name: 'x.py',
  blocks: [],
  encoding: 'text',
  displayLastExpression: false,
} as const;

/** The end of a program that did well. */
export const RETURNED = {
  kind: 'returned',
  exitCode: 0,
  uncaught: false,
  outOfMemory: false,
  keyboardInterrupt: false,
} as const;

export const ended = (runId: number): EndedMessage => ({
  kind: 'ended',
  runId,
  end: RETURNED,
  memoryBytes: 1,
  fuel: 0,
  durationMs: 1,
});

/** Output of one chunk on stdout. */
export const output = (runId: number, sequence: number, bytes = Uint8Array.of(1)): unknown => ({
  kind: 'output',
  runId,
  sequence,
  chunks: [{ stream: 'stdout', bytes }],
});
