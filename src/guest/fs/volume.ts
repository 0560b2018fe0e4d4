import { resize } from './fileContent.js';
import { ERRNO, FsError } from './fsError.js';
import type { DirectoryNode, FileNode, FsNode } from './node.js';
import type { Quota } from './quota.js';
import { resolvePath } from './resolvePath.js';

/** How to open a path; as the flags of WASI's path_open say. */
export interface OpenOptions {
  readonly create: boolean;
  readonly exclusive: boolean;
  readonly truncate: boolean;
  readonly directory: boolean;
  readonly write: boolean;
}

/**
 * The guest's whole file system, in memory. Its skeleton is read-only; only folders that were made
 * writable, and what is created in them, can change.
 */
export class Volume {
  readonly root: DirectoryNode;
  readonly quota: Quota;
  /** The guest's clock, nanoseconds since 1970. */
  readonly nowNs: () => bigint;
  #nextIno = 1n;

  constructor(quota: Quota, nowNs: () => bigint) {
    this.quota = quota;
    this.nowNs = nowNs;
    this.root = this.#directory(false, null);
  }

  /** Adds a folder to the skeleton, outside the quota; missing parents become read-only folders. */
  mountDirectory(path: string, isWritable: boolean): void {
    const names = path.split('/').filter((name) => name !== '');
    let parent = this.root;
    for (const [index, name] of names.entries()) {
      const isLast = index === names.length - 1;
      const existing = parent.entries.get(name);
      if (existing?.kind === 'file') throw new Error(`${path} is a file`);
      const child = existing ?? this.#directory(isLast && isWritable, parent);
      parent.entries.set(name, child);
      parent = child;
    }
  }

  /** Adds a read-only file to the skeleton, outside the quota. The bytes are not copied. */
  mountFile(path: string, bytes: Uint8Array): void {
    const slash = path.lastIndexOf('/');
    this.mountDirectory(path.slice(0, slash), false);
    const parent = this.lookup(this.root, path.slice(1, slash));
    if (parent.kind !== 'directory') throw new Error(`${path} has no folder`);
    const file = this.#file(false);
    file.data = bytes;
    file.size = bytes.length;
    parent.entries.set(path.slice(slash + 1), file);
  }

  /** @throws FsError */
  lookup(start: DirectoryNode, path: string): FsNode {
    const { node } = resolvePath(start, this.root, path);
    if (node === null) throw new FsError(ERRNO.noEntry);
    return node;
  }

  /** @throws FsError */
  open(start: DirectoryNode, path: string, options: OpenOptions): FsNode {
    const resolved = resolvePath(start, this.root, path);
    const { parent, name, mustBeDirectory } = resolved;
    let { node } = resolved;
    if (node === null) {
      if (!options.create) throw new FsError(ERRNO.noEntry);
      if (options.directory) throw new FsError(ERRNO.invalid);
      if (mustBeDirectory) throw new FsError(ERRNO.isDirectory);
      node = this.#add(parent, name, () => this.#file(true));
    } else {
      if (options.create && options.exclusive) throw new FsError(ERRNO.exists);
      if (options.directory && node.kind !== 'directory') throw new FsError(ERRNO.notDirectory);
      if (node.kind === 'directory') {
        if (options.write || options.create) throw new FsError(ERRNO.isDirectory);
      } else if ((options.write || options.truncate) && !node.isWritable) {
        throw new FsError(ERRNO.readOnly);
      }
      if (options.truncate && node.kind === 'file') this.truncate(node, 0);
    }
    if (node.kind === 'file') node.openCount++;
    return node;
  }

  /** A descriptor of the file was closed. */
  close(file: FileNode): void {
    file.openCount--;
    this.#freeIfUnused(file);
  }

  /** @throws FsError ENOSPC */
  truncate(file: FileNode, size: number): void {
    resize(file, size, this.quota);
    this.touch(file);
  }

  /** The content changed. */
  touch(node: FsNode): void {
    node.modifiedNs = node.changedNs = this.nowNs();
  }

  /** @throws FsError */
  createDirectory(start: DirectoryNode, path: string): void {
    const { parent, name, node } = resolvePath(start, this.root, path);
    if (node !== null) throw new FsError(ERRNO.exists);
    this.#add(parent, name, () => this.#directory(true, parent));
  }

  /** @throws FsError */
  removeFile(start: DirectoryNode, path: string): void {
    const { parent, name, node } = resolvePath(start, this.root, path);
    if (node === null) throw new FsError(ERRNO.noEntry);
    if (node.kind === 'directory') throw new FsError(ERRNO.isDirectory);
    this.#requireWritable(parent);
    this.#detach(parent, name, node);
  }

  /** @throws FsError */
  removeDirectory(start: DirectoryNode, path: string): void {
    const { parent, name, node } = resolvePath(start, this.root, path);
    if (node === null) throw new FsError(ERRNO.noEntry);
    if (node.kind !== 'directory') throw new FsError(ERRNO.notDirectory);
    if (name === '') throw new FsError(node === this.root ? ERRNO.readOnly : ERRNO.invalid);
    this.#requireWritable(parent);
    if (node.entries.size > 0) throw new FsError(ERRNO.notEmpty);
    this.#detach(parent, name, node);
  }

  /** @throws FsError */
  rename(from: DirectoryNode, oldPath: string, to: DirectoryNode, newPath: string): void {
    const source = resolvePath(from, this.root, oldPath);
    const target = resolvePath(to, this.root, newPath);
    if (source.node === null) throw new FsError(ERRNO.noEntry);
    this.#requireAttached(target.parent);
    this.#requireWritable(source.parent);
    this.#requireWritable(target.parent);
    if (source.name === '' || target.name === '') throw new FsError(ERRNO.invalid);
    if (source.node === target.node) return;
    if (source.node.kind === 'directory') {
      for (let up: DirectoryNode | null = target.parent; up !== null; up = up.parent) {
        if (up === source.node) throw new FsError(ERRNO.invalid);
      }
      if (target.node?.kind === 'file') throw new FsError(ERRNO.notDirectory);
      if (target.node !== null && target.node.entries.size > 0) throw new FsError(ERRNO.notEmpty);
    } else {
      if (target.node?.kind === 'directory') throw new FsError(ERRNO.isDirectory);
      if (target.mustBeDirectory) throw new FsError(ERRNO.notDirectory);
    }
    if (target.node !== null) this.#detach(target.parent, target.name, target.node);
    source.parent.entries.delete(source.name);
    target.parent.entries.set(target.name, source.node);
    if (source.node.kind === 'directory') source.node.parent = target.parent;
    source.node.changedNs = this.nowNs();
    this.touch(source.parent);
    this.touch(target.parent);
  }

  #add<T extends FsNode>(parent: DirectoryNode, name: string, make: () => T): T {
    this.#requireAttached(parent);
    this.#requireWritable(parent);
    this.quota.addNode();
    const node = make();
    parent.entries.set(name, node);
    this.touch(parent);
    return node;
  }

  #detach(parent: DirectoryNode, name: string, node: FsNode): void {
    parent.entries.delete(name);
    this.touch(parent);
    if (node.kind === 'directory') {
      node.parent = null;
      this.quota.removeNode(0);
    } else {
      node.isLinked = false;
      this.#freeIfUnused(node);
    }
  }

  #freeIfUnused(file: FileNode): void {
    if (file.isLinked || file.openCount > 0) return;
    this.quota.removeNode(file.size);
    file.data = new Uint8Array();
    file.size = 0;
  }

  /** A folder that was removed while it was open takes nothing more. */
  #requireAttached(directory: DirectoryNode): void {
    if (directory !== this.root && directory.parent === null) throw new FsError(ERRNO.noEntry);
  }

  #requireWritable(directory: DirectoryNode): void {
    if (!directory.isWritable) throw new FsError(ERRNO.readOnly);
  }

  #directory(isWritable: boolean, parent: DirectoryNode | null): DirectoryNode {
    return { kind: 'directory', isWritable, entries: new Map(), parent, ...this.#stamp() };
  }

  #file(isWritable: boolean): FileNode {
    const data = new Uint8Array();
    return {
      kind: 'file',
      isWritable,
      data,
      size: 0,
      openCount: 0,
      isLinked: true,
      ...this.#stamp(),
    };
  }

  #stamp(): Pick<FsNode, 'ino' | 'accessedNs' | 'modifiedNs' | 'changedNs'> {
    const now = this.nowNs();
    return { ino: this.#nextIno++, accessedNs: now, modifiedNs: now, changedNs: now };
  }
}
