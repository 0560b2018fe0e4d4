import type { Fd } from '@bjorn3/browser_wasi_shim';
import { ERRNO, FsError } from '../fs/fsError.js';
import type { DirectoryNode } from '../fs/node.js';
import { DirectoryDescriptor } from './directoryDescriptor.js';

/** The shim's array of descriptors, with POSIX's lowest free number and a limit. */
export class DescriptorTable {
  readonly #slots: (Fd | undefined)[];
  readonly #max: number;

  /** @param slots the array that the shim holds. */
  constructor(slots: (Fd | undefined)[], max: number) {
    this.#slots = slots;
    this.#max = max;
  }

  isOpen(descriptor: number): boolean {
    return this.#slots[descriptor] !== undefined;
  }

  /** The folder that a descriptor stands for; null if it is none. */
  find(descriptor: number): DirectoryNode | null {
    const open = this.#slots[descriptor];
    return open instanceof DirectoryDescriptor ? open.node : null;
  }

  /** @throws FsError EBADF, ENOTDIR */
  directory(descriptor: number): DirectoryDescriptor {
    const open = this.#slots[descriptor];
    if (open === undefined) throw new FsError(ERRNO.badDescriptor);
    if (!(open instanceof DirectoryDescriptor)) throw new FsError(ERRNO.notDirectory);
    return open;
  }

  /** @throws FsError EMFILE before anything is opened */
  open(make: () => Fd): number {
    const free = this.#slots.findIndex((slot) => slot === undefined);
    const descriptor = free < 0 ? this.#slots.length : free;
    if (descriptor >= this.#max) throw new FsError(ERRNO.tooManyFiles);
    this.#slots[descriptor] = make();
    return descriptor;
  }

  /** `dup2`, moving: the target is closed first. @throws FsError EBADF */
  renumber(from: number, to: number): void {
    const moved = this.#slots[from];
    const replaced = this.#slots[to];
    if (moved === undefined || replaced === undefined) throw new FsError(ERRNO.badDescriptor);
    if (from === to) return;
    replaced.fd_close();
    this.#slots[to] = moved;
    this.#slots[from] = undefined;
  }
}
