import { ERRNO, FsError } from '../fs/fsError.js';
import { isStackOverflow } from './isStackOverflow.js';

const EFAULT = 21;

/** The guest's linear memory, reached only through ranges that were checked. */
export class GuestMemory {
  readonly #memory: WebAssembly.Memory;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  get byteLength(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Valid until the memory grows. @throws FsError EFAULT if any of it lies outside. */
  bytes(pointer: number, length: number): Uint8Array {
    this.require(pointer, length);
    return new Uint8Array(this.#memory.buffer, pointer, length);
  }

  /** Valid until the memory grows. @throws FsError EFAULT */
  view(pointer: number, length: number): DataView {
    this.require(pointer, length);
    return new DataView(this.#memory.buffer, pointer, length);
  }

  /** @throws FsError EFAULT if any of the range lies outside. */
  require(pointer: number, length: number): void {
    if (!this.#holds(pointer, length)) throw new FsError(EFAULT);
  }

  /**
   * Reads a path: strictly UTF-8, without NUL.
   * @throws FsError EFAULT, ENAMETOOLONG, EILSEQ
   */
  path(pointer: number, length: number): string {
    const bytes = this.bytes(pointer, length);
    if (length > MAX_PATH_BYTES) throw new FsError(ERRNO.nameTooLong);
    let path: string;
    try {
      path = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (error) {
      if (isStackOverflow(error)) throw error;
      throw new FsError(ERRNO.illegalSequence);
    }
    if (path.includes('\0')) throw new FsError(ERRNO.illegalSequence);
    return path;
  }

  /** What a path looks like that was refused, whatever is wrong with it; empty if it lies outside. */
  textAt(pointer: number, length: number): string {
    if (!this.#holds(pointer, length)) return '';
    const bytes = this.bytes(pointer, Math.min(length, MAX_PATH_BYTES));
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }

  /** A guest that declares an import with other types hands over negative numbers, or none. */
  #holds(pointer: number, length: number): boolean {
    return pointer >= 0 && length >= 0 && pointer + length <= this.byteLength;
  }
}

const MAX_PATH_BYTES = 4096;
