import type { Disposable } from '../common/disposable.js';
import { errorMessage } from '../common/errorMessage.js';
import type { InstanceSettings } from '../protocol/messages.js';
import { SandboxFailure } from './failure.js';
import { resolvePolicy } from './policy.js';
import { loadRuntimeFiles, type RuntimeFiles } from './runtimeFiles.js';
import type { SandboxHost } from './sandboxHost.js';
import { WorkerLink } from './workerLink.js';

const START_TIMEOUT_MS = 30_000;

/** Keeps one worker with a prepared interpreter, so that a run can start at once. */
export class Standby implements Disposable {
  readonly #host: SandboxHost;
  readonly #idleReleaseMs: number;
  #files: Promise<RuntimeFiles> | null = null;
  #worker: Promise<WorkerLink> | null = null;
  readonly #links = new Set<WorkerLink>();
  #idleTimer: TimerHandle | undefined;
  #settings: InstanceSettings = resolvePolicy();
  #isInUse = false;
  /** Whether the standing worker has served a run before. */
  #wasUsed = false;
  #isDisposed = false;

  constructor(host: SandboxHost, idleReleaseMs: number) {
    this.#host = host;
    this.#idleReleaseMs = idleReleaseMs;
  }

  /** Starts a worker if none stands ready. Failures show when a run wants it. */
  prepare(settings = this.#settings): void {
    this.#settings = settings;
    this.#touch();
    if (this.#worker !== null || this.#isDisposed) return;
    this.#wasUsed = false;
    this.#hold(this.#start(settings));
  }

  /**
   * Hands out the standing worker, once its interpreter is prepared.
   * @throws SandboxFailure if there is none to be had.
   */
  async acquire(settings: InstanceSettings): Promise<WorkerLink> {
    this.prepare(settings);
    const wasUsed = this.#wasUsed;
    const link = await this.#sound().catch((error: unknown) => {
      if (!wasUsed) throw error;
      // It broke after another run: that is not this one's fault.
      return this.#sound();
    });
    this.#isInUse = true;
    clearTimeout(this.#idleTimer);
    return link;
  }

  async #sound(): Promise<WorkerLink> {
    const link = await this.ready();
    if (link.failure !== null) throw link.failure;
    return link;
  }

  /** The standing worker, once its interpreter is prepared. @throws SandboxFailure */
  ready(): Promise<WorkerLink> {
    this.prepare();
    return this.#worker ?? Promise.reject(new SandboxFailure('disposed', 'the sandbox is closed'));
  }

  /** The run is over and the worker well: it prepares its next interpreter by itself. */
  release(link: WorkerLink): void {
    this.#isInUse = false;
    if (!this.#links.has(link)) return;
    this.#hold(this.#ready(link));
    this.#wasUsed = true;
    this.#touch();
  }

  /** The worker was not used after all: it still stands ready. */
  putBack(): void {
    this.#isInUse = false;
    this.#touch();
  }

  /** The worker is not to be used again; another takes its place. */
  discard(link: WorkerLink): void {
    this.#isInUse = false;
    if (!this.#drop(link)) return;
    this.#worker = null;
    this.prepare();
  }

  #hold(worker: Promise<WorkerLink>): void {
    this.#worker = worker;
    worker.catch(() => {
      // The next attempt starts afresh: what was wrong may have been repaired in the meantime.
      if (this.#worker === worker) this.#worker = null;
    });
  }

  #drop(link: WorkerLink): boolean {
    if (!this.#links.delete(link)) return false;
    link.dispose();
    return true;
  }

  async #start(settings: InstanceSettings): Promise<WorkerLink> {
    this.#files ??= loadRuntimeFiles(this.#host, this.#host.capabilities.sharedMemory);
    let files: RuntimeFiles;
    try {
      files = await this.#files;
    } catch (error) {
      this.#files = null;
      throw error instanceof SandboxFailure
        ? error
        : new SandboxFailure('runtimeMissing', errorMessage(error));
    }
    if (this.#isDisposed) throw new SandboxFailure('disposed', 'the sandbox is closed');
    const link = new WorkerLink(this.#host, files, settings);
    this.#links.add(link);
    // A worker that fails while it stands idle is dropped; the next run starts another.
    link.onFailure(() => {
      if (this.#drop(link)) this.#worker = null;
    });
    return this.#ready(link);
  }

  /** Resolves with the link at its next `ready`. */
  #ready(link: WorkerLink): Promise<WorkerLink> {
    return new Promise((resolve, reject) => {
      const settle = (failure: SandboxFailure | null): void => {
        clearTimeout(timer);
        onMessage.dispose();
        onFailure.dispose();
        if (failure === null) {
          resolve(link);
        } else {
          this.#drop(link);
          reject(failure);
        }
      };
      const onMessage = link.onMessage((message) => {
        if (message.kind === 'ready') settle(null);
      });
      const onFailure = link.onFailure((failure) => {
        settle(
          failure.code === 'workerLost'
            ? new SandboxFailure('workerStart', failure.detail)
            : failure,
        );
      });
      const timer = setTimeout(() => {
        const seconds = String(START_TIMEOUT_MS / 1000);
        settle(new SandboxFailure('workerStart', `no answer within ${seconds} s`));
      }, START_TIMEOUT_MS);
    });
  }

  #touch(): void {
    clearTimeout(this.#idleTimer);
    // A run may take longer than idling may.
    if (this.#isInUse) return;
    this.#idleTimer = setTimeout(() => {
      this.#releaseIdle();
    }, this.#idleReleaseMs);
  }

  #releaseIdle(): void {
    this.#worker = null;
    for (const link of [...this.#links]) this.#drop(link);
    // The files go too: they are most of what an idle sandbox holds, and quick to read again.
    this.#files = null;
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#idleTimer);
    this.#releaseIdle();
  }
}
