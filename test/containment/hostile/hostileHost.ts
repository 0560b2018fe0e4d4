import { Emitter } from '../../../src/common/emitter.js';
import type {
  HostCapabilities,
  SandboxHost,
  SandboxWorker,
} from '../../../src/engine/sandboxHost.js';

/** What stands in for python.wasm, python.img and python314.zip. */
export interface GuestFiles {
  readonly module: WebAssembly.Module;
  readonly image: Uint8Array;
  readonly stdlib: Uint8Array;
}

/**
 * A host on which the workers get another guest. All else is real: the engine reads and checks the
 * runtime's own files, starts the real worker and speaks with it; only the message that hands over
 * the guest is changed on its way.
 */
export class HostileHost implements SandboxHost {
  readonly capabilities: HostCapabilities;
  readonly readAsset: SandboxHost['readAsset'];
  readonly #real: SandboxHost;
  #isOnce = false;
  readonly #onLost = new Emitter<string>();
  /** What the next workers get; null for Python. */
  guest: GuestFiles | null;
  /** Workers that were started and ended so far. */
  started = 0;
  ended = 0;

  constructor(
    real: SandboxHost,
    guest: GuestFiles | null,
    capabilities: HostCapabilities = real.capabilities,
  ) {
    this.#real = real;
    this.guest = guest;
    this.capabilities = capabilities;
    this.readAsset = (name) => real.readAsset(name);
  }

  /** The next worker gets this guest; those after it get Python. */
  guestOnce(guest: GuestFiles): void {
    this.guest = guest;
    this.#isOnce = true;
    // Whichever worker stands ready goes away, as one that crashes does.
    this.#onLost.fire('taken away by the test');
  }

  spawnWorker(): SandboxWorker {
    const worker = this.#real.spawnWorker();
    const { guest } = this;
    if (this.#isOnce) this.guest = null;
    this.started++;
    return {
      onMessage: worker.onMessage,
      onFailure: (listener) => {
        const both = [worker.onFailure(listener), this.#onLost.event(listener)];
        return {
          dispose: () => {
            for (const one of both) one.dispose();
          },
        };
      },
      postMessage: (message) => {
        worker.postMessage(
          message.kind === 'init' && guest !== null ? { ...message, ...guest } : message,
        );
      },
      terminate: () => {
        this.ended++;
        worker.terminate();
      },
    };
  }
}
