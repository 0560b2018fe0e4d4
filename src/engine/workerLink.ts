import { type Disposable, DisposableStore } from '../common/disposable.js';
import { Emitter, type Event } from '../common/emitter.js';
import { errorMessage } from '../common/errorMessage.js';
import {
  CONTROL_WORD,
  SIGNAL,
  type FromWorker,
  type InstanceSettings,
  type RunMessage,
} from '../protocol/messages.js';
import { parseFromWorker } from '../protocol/parseFromWorker.js';
import { SandboxFailure } from './failure.js';
import type { RuntimeFiles } from './runtimeFiles.js';
import type { HostCapabilities, SandboxHost, SandboxWorker } from './sandboxHost.js';

/** One worker, seen through the protocol: only parsed messages come out of it. */
export class WorkerLink implements Disposable {
  readonly #store = new DisposableStore();
  readonly #onMessage = this.#store.add(new Emitter<FromWorker>());
  readonly #onFailure = this.#store.add(new Emitter<SandboxFailure>());
  readonly #worker: SandboxWorker;
  readonly #control: Int32Array | null;
  readonly #capabilities: HostCapabilities;
  #failure: SandboxFailure | null = null;
  /** What the worker is at, and so what it may send. */
  #phase: 'preparing' | 'idle' | 'running' = 'preparing';

  readonly onMessage: Event<FromWorker> = this.#onMessage.event;
  /** The worker is of no use any more; at most once. */
  readonly onFailure: Event<SandboxFailure> = this.#onFailure.event;

  /** @throws SandboxFailure `workerStart` if the host cannot make a worker. */
  constructor(host: SandboxHost, files: RuntimeFiles, settings: InstanceSettings) {
    this.#capabilities = host.capabilities;
    this.#control = host.capabilities.sharedMemory
      ? new Int32Array(new SharedArrayBuffer(4 * CONTROL_WORD.length))
      : null;
    try {
      this.#worker = host.spawnWorker();
    } catch (error) {
      throw new SandboxFailure('workerStart', errorMessage(error));
    }
    this.#store.add(this.#worker.onMessage(this.#receive));
    this.#store.add(
      this.#worker.onFailure((detail) => {
        this.#fail(new SandboxFailure('workerLost', detail));
      }),
    );
    const { stackLimitKiB, jspi } = host.capabilities;
    const { limits, env, clock, seed } = settings;
    try {
      this.#worker.postMessage({
        kind: 'init',
        ...files,
        capabilities: { stackLimitKiB, jspi },
        control: this.#control,
        settings: { limits, env, clock, seed },
      });
    } catch (error) {
      this.#worker.terminate();
      throw new SandboxFailure('workerStart', errorMessage(error));
    }
  }

  /** Why the worker is of no use any more; null while it is. */
  get failure(): SandboxFailure | null {
    return this.#failure;
  }

  /** Whether a running program can be reached at all, other than by ending its worker. */
  get canSignal(): boolean {
    return this.#capabilities.sharedMemory || this.#capabilities.jspi;
  }

  /** @throws if the message cannot be sent. */
  run(message: RunMessage): void {
    this.#phase = 'running';
    if (this.#control !== null) Atomics.store(this.#control, CONTROL_WORD.signal, SIGNAL.none);
    this.#worker.postMessage(message);
  }

  signal(runId: number, signal: typeof SIGNAL.interrupt | typeof SIGNAL.abort): void {
    if (this.#control === null) {
      this.#worker.postMessage({ kind: 'signal', runId, signal });
    } else {
      Atomics.store(this.#control, CONTROL_WORD.signal, signal);
      Atomics.notify(this.#control, CONTROL_WORD.signal);
    }
  }

  readonly #receive = (raw: unknown): void => {
    if (this.#failure !== null) return;
    let message: FromWorker;
    try {
      message = parseFromWorker(raw);
    } catch (error) {
      this.#fail(new SandboxFailure('protocol', errorMessage(error)));
      return;
    }
    if (message.kind === 'broken') {
      this.#fail(new SandboxFailure(message.code, message.detail));
    } else if (this.#phase !== (message.kind === 'ready' ? 'preparing' : 'running')) {
      // Nobody waits for it: a worker that may send such can send without end.
      const when = this.#phase === 'running' ? 'during a run' : 'without a run';
      this.#fail(new SandboxFailure('protocol', `${message.kind} ${when}`));
    } else {
      if (message.kind === 'ready') this.#phase = 'idle';
      if (message.kind === 'ended') this.#phase = 'preparing';
      this.#onMessage.fire(message);
    }
  };

  /** Ends the worker at once; whoever waits for it is told. */
  dispose(): void {
    this.#worker.terminate();
    this.#fail(new SandboxFailure('disposed', 'the worker was ended'));
    this.#store.dispose();
  }

  /** Only the first failure tells why. */
  #fail(failure: SandboxFailure): void {
    if (this.#failure !== null) return;
    this.#failure = failure;
    this.#onFailure.fire(failure);
  }
}
