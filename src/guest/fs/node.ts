/** A file or folder of the guest's file system; times in nanoseconds since 1970. */
interface NodeBase {
  readonly ino: bigint;
  /** Whether content may change: for a folder, its entries. */
  readonly isWritable: boolean;
  accessedNs: bigint;
  modifiedNs: bigint;
  changedNs: bigint;
}

export interface FileNode extends NodeBase {
  readonly kind: 'file';
  /** May be longer than the file: capacity to grow into. Zero beyond `size`. */
  data: Uint8Array;
  size: number;
  /** Open descriptors; a file without a name lives until the last is closed. */
  openCount: number;
  isLinked: boolean;
}

export interface DirectoryNode extends NodeBase {
  readonly kind: 'directory';
  readonly entries: Map<string, FsNode>;
  /** Null at the root and once the folder is removed. */
  parent: DirectoryNode | null;
}

export type FsNode = FileNode | DirectoryNode;
