import { ERRNO, FsError } from '../fs/fsError.js';

/** What the skeleton's folders hold, with room to spare. */
const SKELETON_ENTRIES = 64;

/**
 * Counts what all open folders remember of their listings. An entry keeps what it names in the
 * host's memory, after it was removed and counts for no quota any more.
 */
export class ListingBudget {
  readonly #max: number;
  #entries = 0;

  /** @param maxFiles as many as there can be at a time: twice that is remembered. */
  constructor(maxFiles: number) {
    this.#max = 2 * maxFiles + SKELETON_ENTRIES;
  }

  /** @throws FsError EMFILE */
  resize(from: number, to: number): void {
    const next = this.#entries - from + to;
    if (to > from && next > this.#max) throw new FsError(ERRNO.tooManyFiles);
    this.#entries = next;
  }
}
