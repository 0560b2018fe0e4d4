import { ERRNO, FsError } from './fsError.js';

/** Counts what a run's files take, and refuses more than it may. */
export class Quota {
  #bytes = 0;
  #count = 0;

  constructor(
    readonly maxBytes: number,
    readonly maxCount: number,
  ) {}

  get bytes(): number {
    return this.#bytes;
  }

  get count(): number {
    return this.#count;
  }

  /** @throws FsError ENOSPC */
  resize(fromBytes: number, toBytes: number): void {
    const next = this.#bytes - fromBytes + toBytes;
    if (toBytes > fromBytes && next > this.maxBytes) throw new FsError(ERRNO.noSpace);
    this.#bytes = next;
  }

  /** @throws FsError ENOSPC */
  addNode(): void {
    if (this.#count >= this.maxCount) throw new FsError(ERRNO.noSpace);
    this.#count++;
  }

  removeNode(bytes: number): void {
    this.#count--;
    this.#bytes -= bytes;
  }
}
