import { Fd, wasi } from '@bjorn3/browser_wasi_shim';
import { ERRNO, FsError } from '../fs/fsError.js';
import type { DirectoryNode, FsNode } from '../fs/node.js';
import type { Volume } from '../fs/volume.js';
import { FileDescriptor } from './fileDescriptor.js';
import { GuestFilestat } from './guestFilestat.js';
import type { ListingBudget } from './listingBudget.js';
import { setTimes } from './setTimes.js';

const ALL_RIGHTS = (1n << 30n) - 1n;

/** An open folder: the shim's descriptor over our volume. Its methods throw FsError. */
export class DirectoryDescriptor extends Fd {
  readonly node: DirectoryNode;
  readonly #volume: Volume;
  readonly #listings: ListingBudget;
  /** The listing as it was when reading began, so that removing while reading skips nothing. */
  #listing: readonly (readonly [name: string, node: FsNode])[] = [];

  constructor(node: DirectoryNode, volume: Volume, listings: ListingBudget) {
    super();
    this.node = node;
    this.#volume = volume;
    this.#listings = listings;
  }

  override fd_close(): number {
    this.#list(new Map());
    return ERRNO.success;
  }

  override fd_fdstat_get(): { ret: number; fdstat: wasi.Fdstat } {
    const fdstat = new wasi.Fdstat(wasi.FILETYPE_DIRECTORY, 0);
    fdstat.fs_rights_base = ALL_RIGHTS;
    fdstat.fs_rights_inherited = ALL_RIGHTS;
    return { ret: ERRNO.success, fdstat };
  }

  override fd_fdstat_set_flags(): number {
    return ERRNO.success;
  }

  override fd_filestat_get(): { ret: number; filestat: wasi.Filestat } {
    return { ret: ERRNO.success, filestat: GuestFilestat.of(this.node) };
  }

  override fd_filestat_set_times(accessed: bigint, modified: bigint, flags: number): number {
    setTimes(this.node, accessed, modified, flags, this.#volume);
    return ERRNO.success;
  }

  override fd_filestat_set_size(): number {
    return ERRNO.isDirectory;
  }

  override fd_prestat_get(): { ret: number; prestat: wasi.Prestat | null } {
    return this.node === this.#volume.root
      ? { ret: ERRNO.success, prestat: wasi.Prestat.dir('/') }
      : { ret: ERRNO.badDescriptor, prestat: null };
  }

  override fd_read(): { ret: number; data: Uint8Array } {
    throw new FsError(ERRNO.isDirectory);
  }

  override fd_write(): { ret: number; nwritten: number } {
    throw new FsError(ERRNO.badDescriptor);
  }

  override fd_readdir_single(cookie: bigint): { ret: number; dirent: wasi.Dirent | null } {
    if (cookie === 0n) this.#list(this.node.entries);
    const entry = cookie < BigInt(this.#listing.length) ? this.#listing[Number(cookie)] : undefined;
    if (entry === undefined) return { ret: ERRNO.success, dirent: null };
    const [name, node] = entry;
    const type = node.kind === 'file' ? wasi.FILETYPE_REGULAR_FILE : wasi.FILETYPE_DIRECTORY;
    return { ret: ERRNO.success, dirent: new wasi.Dirent(cookie + 1n, node.ino, name, type) };
  }

  override path_create_directory(path: string): number {
    this.#volume.createDirectory(this.node, path);
    return ERRNO.success;
  }

  override path_filestat_get(
    _flags: number,
    path: string,
  ): { ret: number; filestat: wasi.Filestat } {
    return {
      ret: ERRNO.success,
      filestat: GuestFilestat.of(this.#volume.lookup(this.node, path)),
    };
  }

  override path_filestat_set_times(
    _flags: number,
    path: string,
    accessed: bigint,
    modified: bigint,
    flags: number,
  ): number {
    const node = this.#volume.lookup(this.node, path);
    setTimes(node, accessed, modified, flags, this.#volume);
    return ERRNO.success;
  }

  override path_open(
    _dirflags: number,
    path: string,
    oflags: number,
    rights: bigint,
    _inheriting: bigint,
    flags: number,
  ): { ret: number; fd_obj: Fd } {
    const has = (right: number): boolean => (rights & BigInt(right)) !== 0n;
    const write = has(wasi.RIGHTS_FD_WRITE);
    const node = this.#volume.open(this.node, path, {
      create: (oflags & wasi.OFLAGS_CREAT) !== 0,
      exclusive: (oflags & wasi.OFLAGS_EXCL) !== 0,
      truncate: (oflags & wasi.OFLAGS_TRUNC) !== 0,
      directory: (oflags & wasi.OFLAGS_DIRECTORY) !== 0,
      write,
    });
    const descriptor =
      node.kind === 'directory'
        ? new DirectoryDescriptor(node, this.#volume, this.#listings)
        : new FileDescriptor(node, this.#volume, { read: has(wasi.RIGHTS_FD_READ), write }, flags);
    return { ret: ERRNO.success, fd_obj: descriptor };
  }

  override path_readlink(path: string): { ret: number; data: null } {
    this.#volume.lookup(this.node, path);
    // It exists, and there are no links.
    throw new FsError(ERRNO.invalid);
  }

  override path_remove_directory(path: string): number {
    this.#volume.removeDirectory(this.node, path);
    return ERRNO.success;
  }

  override path_unlink_file(path: string): number {
    this.#volume.removeFile(this.node, path);
    return ERRNO.success;
  }

  /** @throws FsError EMFILE */
  #list(entries: ReadonlyMap<string, FsNode>): void {
    this.#listings.resize(this.#listing.length, entries.size);
    this.#listing = [...entries];
  }
}
