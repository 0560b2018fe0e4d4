import { wasi } from '@bjorn3/browser_wasi_shim';
import type { FsNode } from '../fs/node.js';

/** A file's status, laid out as WASI has it: the shim's own puts the times in the wrong place. */
export class GuestFilestat extends wasi.Filestat {
  static of(node: FsNode): GuestFilestat {
    const stat =
      node.kind === 'file'
        ? new GuestFilestat(node.ino, wasi.FILETYPE_REGULAR_FILE, BigInt(node.size))
        : new GuestFilestat(node.ino, wasi.FILETYPE_DIRECTORY, 0n);
    stat.dev = 1n;
    stat.nlink = 1n;
    stat.atim = node.accessedNs;
    stat.mtim = node.modifiedNs;
    stat.ctim = node.changedNs;
    return stat;
  }

  override write_bytes(view: DataView, pointer: number): void {
    view.setBigUint64(pointer, this.dev, true);
    view.setBigUint64(pointer + 8, this.ino, true);
    view.setBigUint64(pointer + 16, BigInt(this.filetype), true);
    view.setBigUint64(pointer + 24, this.nlink, true);
    view.setBigUint64(pointer + 32, this.size, true);
    view.setBigUint64(pointer + 40, this.atim, true);
    view.setBigUint64(pointer + 48, this.mtim, true);
    view.setBigUint64(pointer + 56, this.ctim, true);
  }
}
