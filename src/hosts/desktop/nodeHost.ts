import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import { Emitter } from '../../common/emitter.js';
import type { RuntimeAsset, SandboxHost, SandboxWorker } from '../../engine/sandboxHost.js';
import type { ToWorker } from '../../protocol/messages.js';

/** Where Node finds the interpreter and the worker's script. */
export interface NodeHostPaths {
  /** The folder with python.wasm and the other files of the runtime. */
  readonly runtimeFolder: string;
  /** The bundled worker. */
  readonly workerFile: string;
}

/** Node's host: worker threads with a large stack, shared memory, files from disk. */
export function createNodeHost(paths: NodeHostPaths): SandboxHost {
  return {
    capabilities: { sharedMemory: true, jspi: false, stackLimitKiB: 1024 },
    spawnWorker: () => new NodeWorker(paths.workerFile),
    readAsset: (name: RuntimeAsset) => readFile(path.join(paths.runtimeFolder, name)),
  };
}

class NodeWorker implements SandboxWorker {
  readonly #onMessage = new Emitter<unknown>();
  readonly #onFailure = new Emitter<string>();
  readonly #worker: Worker;

  readonly onMessage = this.#onMessage.event;
  readonly onFailure = this.#onFailure.event;

  constructor(file: string) {
    this.#worker = new Worker(file, {
      // Deep recursion in C needs far more than the default of 4 MB.
      resourceLimits: { stackSizeMb: 16 },
      // Nothing of the host's is handed in, and nothing that the worker prints comes out.
      env: {},
      argv: [],
      execArgv: [],
      stdin: false,
      stdout: true,
      stderr: true,
    });
    this.#worker.on('message', (message: unknown) => {
      this.#onMessage.fire(message);
    });
    this.#worker.on('messageerror', (error) => {
      this.#onFailure.fire(`unreadable message: ${error.message}`);
    });
    this.#worker.on('error', (error) => {
      this.#onFailure.fire(error instanceof Error ? error.message : String(error));
    });
    this.#worker.on('exit', (code) => {
      this.#onFailure.fire(`the worker ended with code ${String(code)}`);
    });
  }

  postMessage(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  terminate(): void {
    this.#onMessage.dispose();
    this.#onFailure.dispose();
    // Settles when the thread is gone; an error in ending it can no longer matter to anyone.
    void this.#worker.terminate();
  }
}
