import type { Disposable } from '../../common/disposable.js';
import { errorMessage } from '../../common/errorMessage.js';

/** The worker's script, read when it is first wanted and kept under a URL that workers start from. */
export class WorkerScript implements Disposable {
  readonly #read: () => Promise<string>;
  #url: string | null = null;
  #failure = 'the script has not been read';
  #reading: Promise<void> | null = null;

  constructor(read: () => Promise<string>) {
    this.#read = read;
  }

  /** Reads the script if that has not been done. Never rejects: `url` tells of a failure. */
  load(): Promise<void> {
    if (this.#url !== null) return Promise.resolve();
    this.#reading ??= this.#load().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** @throws if the script could not be read; it is then read again for the next attempt. */
  get url(): string {
    if (this.#url !== null) return this.#url;
    const failure = this.#failure;
    void this.load();
    throw new Error(`dist/webWorker.js: ${failure}`);
  }

  async #load(): Promise<void> {
    try {
      const source = await this.#read();
      this.#url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    } catch (error) {
      this.#failure = errorMessage(error);
    }
  }

  dispose(): void {
    if (this.#url !== null) URL.revokeObjectURL(this.#url);
    this.#url = null;
  }
}
