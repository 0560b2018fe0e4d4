import type { Disposable } from '../../common/disposable.js';
import { Emitter } from '../../common/emitter.js';
import type { RuntimeAsset, SandboxHost, SandboxWorker } from '../../engine/sandboxHost.js';
import type { ToWorker } from '../../protocol/messages.js';
import { WorkerScript } from './workerScript.js';

/** Where a browser finds the interpreter and the worker's script. */
export interface WebHostSources {
  readonly readAsset: (name: RuntimeAsset) => Promise<Uint8Array>;
  /** The bundled worker's source text, a classic script; or how to read it, once it is needed. */
  readonly workerSource: string | (() => Promise<string>);
}

/**
 * A browser's host: a worker from a blob; shared memory only with cross-origin isolation, JSPI
 * where the browser has it.
 */
export function createWebHost(sources: WebHostSources): SandboxHost & Disposable {
  const jspi = 'promising' in WebAssembly && 'Suspending' in WebAssembly;
  const { workerSource } = sources;
  const script = new WorkerScript(
    typeof workerSource === 'string' ? () => Promise.resolve(workerSource) : workerSource,
  );
  return {
    capabilities: {
      sharedMemory: globalThis.crossOriginIsolated,
      jspi,
      // A stack entered through JSPI is larger than a worker's own.
      stackLimitKiB: jspi ? 224 : 48,
    },
    spawnWorker: () => new WebWorker(script.url),
    // The engine reads assets before it makes a worker: the script comes along with them.
    readAsset: async (name) => {
      const [bytes] = await Promise.all([sources.readAsset(name), script.load()]);
      return bytes;
    },
    dispose: () => {
      script.dispose();
    },
  };
}

class WebWorker implements SandboxWorker {
  readonly #onMessage = new Emitter<unknown>();
  readonly #onFailure = new Emitter<string>();
  readonly #worker: Worker;

  readonly onMessage = this.#onMessage.event;
  readonly onFailure = this.#onFailure.event;

  constructor(url: string) {
    this.#worker = new Worker(url, { name: 'wasm-sandbox' });
    this.#worker.addEventListener('message', (event: MessageEvent<unknown>) => {
      this.#onMessage.fire(event.data);
    });
    this.#worker.addEventListener('messageerror', () => {
      this.#onFailure.fire('unreadable message');
    });
    this.#worker.addEventListener('error', (event) => {
      // Handled here: left alone it would end up as an error of the extension host's worker.
      event.preventDefault();
      this.#onFailure.fire(event.message || 'the worker failed');
    });
  }

  postMessage(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  terminate(): void {
    this.#onMessage.dispose();
    this.#onFailure.dispose();
    this.#worker.terminate();
  }
}
