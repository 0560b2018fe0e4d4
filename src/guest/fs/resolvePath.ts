import { ERRNO, FsError } from './fsError.js';
import type { DirectoryNode, FsNode } from './node.js';

const MAX_PATH_LENGTH = 4096;
const MAX_NAME_LENGTH = 255;

/** Where a path leads: to a name in a folder that exists, taken or not. */
export interface Resolved {
  readonly parent: DirectoryNode;
  /** Empty if the path names its start itself or ends in `.` or `..`. */
  readonly name: string;
  readonly node: FsNode | null;
  /** The path ends in a slash, and so can only mean a folder. */
  readonly mustBeDirectory: boolean;
}

/**
 * Walks a relative path. There are no links to follow. At the root `..` stays where it is, as on any
 * POSIX system; out of any other starting folder it leads nowhere.
 * @throws FsError ENOENT, ENOTDIR, ENAMETOOLONG, ENOTCAPABLE (absolute, or out of the start)
 */
export function resolvePath(start: DirectoryNode, root: DirectoryNode, path: string): Resolved {
  if (path.length > MAX_PATH_LENGTH) throw new FsError(ERRNO.nameTooLong);
  if (path === '') throw new FsError(ERRNO.noEntry);
  if (path.startsWith('/')) throw new FsError(ERRNO.notCapable);
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  const mustBeDirectory = /(?:^|\/)\.{0,2}$/.test(path);
  const trail: DirectoryNode[] = [start];
  let current: FsNode = start;
  let last: Resolved = { parent: start, name: '', node: start, mustBeDirectory };
  for (const [index, name] of names.entries()) {
    if (current.kind !== 'directory') throw new FsError(ERRNO.notDirectory);
    const directory: DirectoryNode = current;
    if (name === '..') {
      if (trail.length > 1) trail.pop();
      else if (start !== root) throw new FsError(ERRNO.notCapable);
      current = trail.at(-1) ?? start;
      last = { parent: current, name: '', node: current, mustBeDirectory };
      continue;
    }
    if (encodedLength(name) > MAX_NAME_LENGTH) throw new FsError(ERRNO.nameTooLong);
    const node: FsNode | null = directory.entries.get(name) ?? null;
    last = { parent: directory, name, node, mustBeDirectory };
    if (index === names.length - 1) break;
    if (node === null) throw new FsError(ERRNO.noEntry);
    current = node;
    if (node.kind === 'directory') trail.push(node);
  }
  if (mustBeDirectory && last.node?.kind === 'file') throw new FsError(ERRNO.notDirectory);
  return last;
}

function encodedLength(name: string): number {
  return name.length <= MAX_NAME_LENGTH / 3 ? name.length : new TextEncoder().encode(name).length;
}
