import type { Event } from '../common/emitter.js';
import type { GuestCapabilities, ToWorker } from '../protocol/messages.js';

/** The files that make up the interpreter, as named in runtime/. */
export type RuntimeAsset = 'python.wasm' | 'python.img' | 'python314.zip';

/** What differs between hosts in how they run a worker. */
export interface HostCapabilities extends GuestCapabilities {
  /** Whether SharedArrayBuffer can be posted to a worker. */
  readonly sharedMemory: boolean;
}

/** A worker that runs the guest's side. Its messages are hostile until parsed. */
export interface SandboxWorker {
  readonly onMessage: Event<unknown>;
  /** The worker failed or went away without being asked to; the text says how. */
  readonly onFailure: Event<string>;
  postMessage(message: ToWorker): void;
  /** Ends it at once. No event follows. */
  terminate(): void;
}

/** All that the engine needs of the place it runs in. */
export interface SandboxHost {
  readonly capabilities: HostCapabilities;
  /** @throws if no worker can be made here. */
  spawnWorker(): SandboxWorker;
  /** Rejects if the file is not there or cannot be read. */
  readAsset(name: RuntimeAsset): Promise<Uint8Array>;
}
