import { ERRNO } from '../fs/fsError.js';
import type { Volume } from '../fs/volume.js';
import type { DescriptorTable } from './descriptorTable.js';
import type { GuestMemory } from './guestMemory.js';

/**
 * The imports that take a path. Ours and not the shim's, so that a path is decoded in one way only:
 * what was checked is what is used.
 */
export function pathImports(
  volume: Volume,
  memory: GuestMemory,
  descriptors: DescriptorTable,
): Record<string, (...args: never[]) => number> {
  return {
    path_create_directory: (at: number, pointer: number, length: number) =>
      descriptors.directory(at).path_create_directory(memory.path(pointer, length)),
    path_filestat_get: (
      at: number,
      flags: number,
      pointer: number,
      length: number,
      out: number,
    ) => {
      const directory = descriptors.directory(at);
      const { ret, filestat } = directory.path_filestat_get(flags, memory.path(pointer, length));
      filestat.write_bytes(memory.view(out, FILESTAT_BYTES), 0);
      return ret;
    },
    path_filestat_set_times: (
      at: number,
      flags: number,
      pointer: number,
      length: number,
      accessed: bigint,
      modified: bigint,
      which: number,
    ) =>
      descriptors
        .directory(at)
        .path_filestat_set_times(flags, memory.path(pointer, length), accessed, modified, which),
    path_open: (
      at: number,
      lookup: number,
      pointer: number,
      length: number,
      oflags: number,
      rights: bigint,
      inheriting: bigint,
      flags: number,
      out: number,
    ) => {
      const directory = descriptors.directory(at);
      const path = memory.path(pointer, length);
      const descriptor = descriptors.open(
        () => directory.path_open(lookup, path, oflags, rights, inheriting, flags).fd_obj,
      );
      memory.view(out, 4).setUint32(0, descriptor, true);
      return ERRNO.success;
    },
    path_readlink: (at: number, pointer: number, length: number) =>
      descriptors.directory(at).path_readlink(memory.path(pointer, length)).ret,
    path_remove_directory: (at: number, pointer: number, length: number) =>
      descriptors.directory(at).path_remove_directory(memory.path(pointer, length)),
    path_rename: (
      from: number,
      oldPointer: number,
      oldLength: number,
      to: number,
      newPointer: number,
      newLength: number,
    ) => {
      volume.rename(
        descriptors.directory(from).node,
        memory.path(oldPointer, oldLength),
        descriptors.directory(to).node,
        memory.path(newPointer, newLength),
      );
      return ERRNO.success;
    },
    path_unlink_file: (at: number, pointer: number, length: number) =>
      descriptors.directory(at).path_unlink_file(memory.path(pointer, length)),
    // There are no links of any kind.
    path_link: () => ERRNO.notSupported,
    path_symlink: () => ERRNO.notSupported,
  };
}

const FILESTAT_BYTES = 64;
