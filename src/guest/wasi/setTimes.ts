import { wasi } from '@bjorn3/browser_wasi_shim';
import { ERRNO, FsError } from '../fs/fsError.js';
import type { FsNode } from '../fs/node.js';
import type { Volume } from '../fs/volume.js';

/** `utime`: sets what the flags name. @throws FsError EROFS */
export function setTimes(
  node: FsNode,
  accessedNs: bigint,
  modifiedNs: bigint,
  flags: number,
  volume: Volume,
): void {
  if (!node.isWritable) throw new FsError(ERRNO.readOnly);
  const now = volume.nowNs();
  if ((flags & wasi.FSTFLAGS_ATIM_NOW) !== 0) node.accessedNs = now;
  else if ((flags & wasi.FSTFLAGS_ATIM) !== 0) node.accessedNs = unsigned(accessedNs);
  if ((flags & wasi.FSTFLAGS_MTIM_NOW) !== 0) node.modifiedNs = now;
  else if ((flags & wasi.FSTFLAGS_MTIM) !== 0) node.modifiedNs = unsigned(modifiedNs);
  node.changedNs = now;
}

function unsigned(timestamp: bigint): bigint {
  return BigInt.asUintN(64, timestamp);
}
