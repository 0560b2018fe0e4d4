import { ERRNO, FsError } from './fsError.js';
import type { FileNode } from './node.js';
import type { Quota } from './quota.js';

/** A view of what is there, at most `length` bytes; valid until the file is next written to. */
export function readAt(file: FileNode, offset: number, length: number): Uint8Array {
  const end = Math.min(file.size, offset + length);
  return file.data.subarray(Math.min(offset, end), end);
}

/** Writes at any offset; a gap reads as zeros. @throws FsError ENOSPC, and nothing is written. */
export function writeAt(file: FileNode, offset: number, bytes: Uint8Array, quota: Quota): void {
  const end = offset + bytes.length;
  if (end > file.size) resize(file, end, quota);
  file.data.set(bytes, offset);
}

/** Sets the size. @throws FsError ENOSPC, and nothing is changed. */
export function resize(file: FileNode, size: number, quota: Quota): void {
  quota.resize(file.size, size);
  if (size > file.data.length) {
    // Doubling makes appending linear over all; the quota bounds it.
    const capacity = Math.min(Math.max(size, file.data.length * 2, 256), quota.maxBytes);
    const grown = allocate(capacity, () => {
      quota.resize(size, file.size);
    });
    grown.set(file.data.subarray(0, file.size));
    file.data = grown;
  } else if (size < file.size) {
    // What was cut off must not come back when the file grows again.
    file.data.fill(0, size, file.size);
    // Twice the size is kept at most: the quota counts sizes, and the host's memory pays for this.
    if (size < file.data.length / 2) file.data = file.data.slice(0, size);
  }
  file.size = size;
}

/** @throws FsError ENOSPC if the host's own memory is used up, after `undo` */
function allocate(length: number, undo: () => void): Uint8Array {
  try {
    return new Uint8Array(length);
  } catch {
    undo();
    throw new FsError(ERRNO.noSpace);
  }
}
