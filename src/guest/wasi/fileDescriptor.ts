import { Fd, wasi } from '@bjorn3/browser_wasi_shim';
import { readAt, writeAt } from '../fs/fileContent.js';
import { ERRNO, FsError } from '../fs/fsError.js';
import type { FileNode } from '../fs/node.js';
import type { Volume } from '../fs/volume.js';
import { GuestFilestat } from './guestFilestat.js';
import { setTimes } from './setTimes.js';

/** What a descriptor was opened for. */
export interface Access {
  readonly read: boolean;
  readonly write: boolean;
}

/** An open file: the shim's descriptor over our volume. Its methods throw FsError. */
export class FileDescriptor extends Fd {
  readonly #file: FileNode;
  readonly #volume: Volume;
  readonly #access: Access;
  #flags: number;
  #offset = 0;

  constructor(file: FileNode, volume: Volume, access: Access, flags: number) {
    super();
    this.#file = file;
    this.#volume = volume;
    this.#access = access;
    this.#flags = flags;
  }

  override fd_close(): number {
    this.#volume.close(this.#file);
    return ERRNO.success;
  }

  override fd_fdstat_get(): { ret: number; fdstat: wasi.Fdstat } {
    const fdstat = new wasi.Fdstat(wasi.FILETYPE_REGULAR_FILE, this.#flags);
    fdstat.fs_rights_base = BigInt(
      wasi.RIGHTS_FD_SEEK |
        wasi.RIGHTS_FD_TELL |
        wasi.RIGHTS_FD_FILESTAT_GET |
        (this.#access.read ? wasi.RIGHTS_FD_READ : 0) |
        (this.#access.write ? wasi.RIGHTS_FD_WRITE | wasi.RIGHTS_FD_FILESTAT_SET_SIZE : 0),
    );
    return { ret: ERRNO.success, fdstat };
  }

  override fd_fdstat_set_flags(flags: number): number {
    this.#flags = flags;
    return ERRNO.success;
  }

  override fd_filestat_get(): { ret: number; filestat: wasi.Filestat } {
    return { ret: ERRNO.success, filestat: GuestFilestat.of(this.#file) };
  }

  override fd_filestat_set_size(size: bigint): number {
    this.#requireWrite();
    this.#volume.truncate(this.#file, this.#position(size));
    return ERRNO.success;
  }

  override fd_filestat_set_times(accessed: bigint, modified: bigint, flags: number): number {
    setTimes(this.#file, accessed, modified, flags, this.#volume);
    return ERRNO.success;
  }

  override fd_allocate(offset: bigint, length: bigint): number {
    this.#requireWrite();
    const end = this.#position(offset + length);
    if (end > this.#file.size) this.#volume.truncate(this.#file, end);
    return ERRNO.success;
  }

  override fd_read(size: number): { ret: number; data: Uint8Array } {
    const data = this.#read(this.#offset, size);
    this.#offset += data.length;
    return { ret: ERRNO.success, data };
  }

  override fd_pread(size: number, offset: bigint): { ret: number; data: Uint8Array } {
    if (offset < 0n) throw new FsError(ERRNO.invalid);
    return { ret: ERRNO.success, data: this.#read(Number(offset), size) };
  }

  override fd_write(data: Uint8Array): { ret: number; nwritten: number } {
    if ((this.#flags & wasi.FDFLAGS_APPEND) !== 0) this.#offset = this.#file.size;
    this.#write(this.#offset, data);
    this.#offset += data.length;
    return { ret: ERRNO.success, nwritten: data.length };
  }

  override fd_pwrite(data: Uint8Array, offset: bigint): { ret: number; nwritten: number } {
    this.#write(this.#position(offset), data);
    return { ret: ERRNO.success, nwritten: data.length };
  }

  override fd_seek(offset: bigint, whence: number): { ret: number; offset: bigint } {
    const base = this.#seekBase(whence);
    const target = BigInt(base) + offset;
    if (target < 0n || target > BigInt(Number.MAX_SAFE_INTEGER)) throw new FsError(ERRNO.invalid);
    this.#offset = Number(target);
    return { ret: ERRNO.success, offset: target };
  }

  override fd_tell(): { ret: number; offset: bigint } {
    return { ret: ERRNO.success, offset: BigInt(this.#offset) };
  }

  #seekBase(whence: number): number {
    switch (whence) {
      case wasi.WHENCE_SET:
        return 0;
      case wasi.WHENCE_CUR:
        return this.#offset;
      case wasi.WHENCE_END:
        return this.#file.size;
      default:
        throw new FsError(ERRNO.invalid);
    }
  }

  #read(offset: number, size: number): Uint8Array {
    if (!this.#access.read) throw new FsError(ERRNO.badDescriptor);
    return readAt(this.#file, offset, size);
  }

  #write(offset: number, data: Uint8Array): void {
    this.#requireWrite();
    writeAt(this.#file, offset, data, this.#volume.quota);
    this.#volume.touch(this.#file);
  }

  #requireWrite(): void {
    if (!this.#access.write) throw new FsError(ERRNO.badDescriptor);
  }

  /** A size or offset to write at: nothing greater than the quota can ever succeed. */
  #position(value: bigint): number {
    if (value < 0n) throw new FsError(ERRNO.invalid);
    if (value > BigInt(this.#volume.quota.maxBytes)) throw new FsError(ERRNO.noSpace);
    return Number(value);
  }
}
