import { ERRNO, FsError } from '../fs/fsError.js';
import type { GuestMemory } from './guestMemory.js';

/** The arguments of an import, i32 as unsigned numbers, i64 as bigints. */
export type ImportArguments = readonly (number | bigint)[];

/** What the arguments at a place mean, for those that reach into memory. */
export type ArgumentCheck =
  /** A pointer to a result of `bytes` bytes. */
  | { readonly kind: 'result'; readonly at: number; readonly bytes: number }
  /** A pointer and a length. */
  | { readonly kind: 'buffer' | 'path' | 'vectors'; readonly at: number };

export const result = (at: number, bytes: number): ArgumentCheck => ({ kind: 'result', at, bytes });
export const buffer = (at: number): ArgumentCheck => ({ kind: 'buffer', at });
export const path = (at: number): ArgumentCheck => ({ kind: 'path', at });
export const vectors = (at: number): ArgumentCheck => ({ kind: 'vectors', at });

/** As many as POSIX systems take in one call. */
const MAX_VECTORS = 1024;

/**
 * Checks all that the guest points to before any of it is used, so that nothing is done by halves
 * and no length makes the host loop or allocate.
 * @throws FsError EFAULT, EINVAL, ENAMETOOLONG, EILSEQ
 */
export function checkArguments(
  args: ImportArguments,
  checks: readonly ArgumentCheck[],
  memory: GuestMemory,
): void {
  for (const check of checks) {
    const pointer = Number(args[check.at]);
    if (check.kind === 'result') {
      memory.require(pointer, check.bytes);
      continue;
    }
    const length = Number(args[check.at + 1]);
    if (check.kind === 'buffer') memory.require(pointer, length);
    else if (check.kind === 'path') memory.path(pointer, length);
    else checkVectors(pointer, length, memory);
  }
}

function checkVectors(pointer: number, count: number, memory: GuestMemory): void {
  if (count > MAX_VECTORS) throw new FsError(ERRNO.invalid);
  const view = memory.view(pointer, count * 8);
  let total = 0;
  for (let i = 0; i < count; i++) {
    const length = view.getUint32(i * 8 + 4, true);
    memory.require(view.getUint32(i * 8, true), length);
    total += length;
  }
  // Overlapping vectors could ask for a thousand times the memory in one call.
  if (total > memory.byteLength) throw new FsError(ERRNO.invalid);
}
