import { ERRNO } from '../fs/fsError.js';
import type { DirectoryNode } from '../fs/node.js';
import type { RefusalLog } from '../refusalLog.js';
import type { ImportArguments } from './checkArguments.js';
import type { DescriptorTable } from './descriptorTable.js';
import type { GuestMemory } from './guestMemory.js';

/** POSIX's names of the imports that take a path, and where the path is among the arguments. */
const PATH_CALLS: Readonly<
  Record<string, readonly [operation: string, directory: number, path: number]>
> = {
  path_create_directory: ['mkdir', 0, 1],
  path_filestat_get: ['stat', 0, 2],
  path_filestat_set_times: ['utime', 0, 2],
  path_link: ['link', 0, 2],
  path_open: ['open', 0, 2],
  path_readlink: ['readlink', 0, 1],
  path_remove_directory: ['rmdir', 0, 1],
  path_rename: ['rename', 0, 1],
  path_symlink: ['symlink', 2, 3],
  path_unlink_file: ['unlink', 0, 1],
};

/** Where the calls that make a second name put it. */
const SECOND_PATHS: Readonly<Record<string, readonly [directory: number, path: number]>> = {
  path_link: [4, 5],
  path_rename: [3, 4],
};

/** Errors of everyday use that refuse nothing. */
const ORDINARY: ReadonlySet<number> = new Set([
  ERRNO.success,
  ERRNO.exists,
  ERRNO.interrupted,
  ERRNO.invalid,
  ERRNO.isDirectory,
  ERRNO.isPipe,
  ERRNO.notEmpty,
]);
/** Errors that say no more than that a name is not there, or cannot be. */
const NOT_THERE: ReadonlySet<number> = new Set([
  ERRNO.illegalSequence,
  ERRNO.nameTooLong,
  ERRNO.noEntry,
  ERRNO.notDirectory,
]);
/** The folders that the guest has: what is not there in them is nobody else's either. */
const OWN = /^\/(?:tmp|workspace|usr\/local\/lib)(?:\/|$)/;

/** Notes that an import answered with an error, if that means that something was refused. */
export function noteRefusal(
  name: string,
  args: ImportArguments,
  errno: number,
  {
    refusals,
    memory,
    descriptors,
  }: {
    readonly refusals: RefusalLog;
    readonly memory: GuestMemory;
    readonly descriptors: DescriptorTable;
  },
): void {
  if (ORDINARY.has(errno) || name.startsWith('fd_prestat')) return;
  const call = PATH_CALLS[name];
  if (call === undefined) {
    // No target: a loop over descriptors must not crowd out the paths.
    refusals.note('wasi', name.replace(/^fd_/, ''), '', errno);
    return;
  }
  const [operation, directory, path] = call;
  const read = (directoryAt: number, pathAt: number): string =>
    absolutePath(
      descriptors.find(Number(args[directoryAt])),
      memory.textAt(Number(args[pathAt]), Number(args[pathAt + 1])),
    );
  const target = read(directory, path);
  const second = SECOND_PATHS[name];
  const targets = second === undefined ? [target] : [target, read(...second)];
  if (NOT_THERE.has(errno) && targets.every((one) => OWN.test(one))) return;
  refusals.note('wasi', operation, targets.join(' → '), errno);
}

/** The path as the guest would write it, with `.` and `..` resolved as far as text allows. */
function absolutePath(start: DirectoryNode | null, path: string): string {
  const names = start === null ? ['?'] : [...trail(start)];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}

/** The names that lead from the root to a folder. */
function trail(directory: DirectoryNode): string[] {
  const names: string[] = [];
  for (let at = directory; at.parent !== null; at = at.parent) {
    const node = at;
    const entry = [...at.parent.entries].find(([, child]) => child === node);
    names.unshift(entry?.[0] ?? '?');
  }
  return names;
}
