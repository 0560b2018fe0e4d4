import { expect } from 'chai';
import fc from 'fast-check';
import { writeAt } from '../../src/guest/fs/fileContent.js';
import { FsError } from '../../src/guest/fs/fsError.js';
import type { DirectoryNode, FileNode, FsNode } from '../../src/guest/fs/node.js';
import { Quota } from '../../src/guest/fs/quota.js';
import { Volume } from '../../src/guest/fs/volume.js';

const MAX_BYTES = 5000;
const MAX_COUNT = 6;
/** As much as a file keeps from the start. */
const LEAST_CAPACITY = 256;
const ARCHIVE = Uint8Array.of(1, 2, 3);

const path = fc.constantFrom(
  ...['tmp/a', 'tmp/b', 'tmp/d', 'tmp/d/a', 'tmp/d/e', 'tmp/d/e/f', 'tmp/d/e/f/g', 'tmp/e'],
  ...['lib/module.zip', 'lib/new', 'tmp', '.', 'tmp/d/..', 'a', 'e'],
);
const size = fc.oneof(fc.nat(300), fc.nat(2 * MAX_BYTES), fc.constantFrom(0, MAX_BYTES));
/** Which of those that are open; the folder is where paths start from. */
const which = fc.nat(3);

const operation = fc.oneof(
  fc.record({
    do: fc.constant('open' as const),
    which,
    path,
    truncate: fc.boolean(),
    exclusive: fc.boolean(),
  }),
  fc.record({ do: fc.constant('write' as const), which, at: size, size }),
  fc.record({ do: fc.constant('truncate' as const), which, size }),
  fc.record({ do: fc.constant('close' as const), which }),
  fc.record({ do: fc.constantFrom('mkdir', 'rmdir', 'unlink', 'enter'), which, path }),
  fc.record({ do: fc.constant('rename' as const), which, path, to: path, toWhich: which }),
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** A volume, with what a program has open of it. */
class Session {
  readonly volume = new Volume(new Quota(MAX_BYTES, MAX_COUNT), () => 1n);
  readonly files: FileNode[] = [];
  /** Also those that were removed since. */
  readonly folders: DirectoryNode[];

  constructor() {
    this.volume.mountFile('/lib/module.zip', ARCHIVE);
    this.volume.mountDirectory('/tmp', true);
    this.folders = [this.volume.root];
  }

  perform(operation: Operation): void {
    const { volume } = this;
    const file = this.files[operation.which];
    const folder = this.folders[operation.which] ?? volume.root;
    switch (operation.do) {
      case 'open': {
        const flags = { truncate: operation.truncate, exclusive: operation.exclusive };
        const options = { create: true, directory: false, write: true, ...flags };
        const node = volume.open(folder, operation.path, options);
        if (node.kind === 'file') this.files.push(node);
        break;
      }
      case 'write':
        if (file === undefined) break;
        writeAt(file, operation.at, new Uint8Array(operation.size).fill(7), volume.quota);
        break;
      case 'truncate':
        if (file !== undefined) volume.truncate(file, operation.size);
        break;
      case 'close':
        if (file === undefined) break;
        this.files.splice(operation.which, 1);
        volume.close(file);
        break;
      case 'mkdir':
        volume.createDirectory(folder, operation.path);
        break;
      case 'rmdir':
        volume.removeDirectory(folder, operation.path);
        break;
      case 'unlink':
        volume.removeFile(folder, operation.path);
        break;
      case 'enter': {
        const node = volume.lookup(folder, operation.path);
        if (node.kind === 'directory') this.folders.push(node);
        break;
      }
      case 'rename': {
        const to = this.folders[operation.toWhich] ?? volume.root;
        volume.rename(folder, operation.path, to, operation.to);
        break;
      }
    }
  }

  /** All that can be reached by its name, by path; throws where the tree is none. */
  get tree(): ReadonlyMap<string, FsNode> {
    const found = new Map<string, FsNode>();
    const walk = (folder: DirectoryNode, at: string): void => {
      for (const [name, node] of folder.entries) {
        if ([...found.values()].includes(node)) throw new Error(`${name} is there twice`);
        found.set(`${at}/${name}`, node);
        if (node.kind === 'file') continue;
        expect(node.parent).to.equal(folder);
        walk(node, `${at}/${name}`);
      }
    };
    walk(this.volume.root, '');
    return found;
  }

  /** What a program can see, as text. */
  get visible(): string {
    const { bytes, count } = this.volume.quota;
    const shown = Array.from(this.tree, ([at, node]) =>
      node.kind === 'file' ? `${at} ${String(node.size)}` : `${at}/`,
    );
    return [bytes, count, ...shown, ...this.files.map((file) => file.size)].join('\n');
  }
}

describe('the file system under its quota', () => {
  it('counts all that there is and nothing else, through any operations, open files and folders', () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.array(operation, { minLength: 20, maxLength: 60 }), (operations) => {
        const session = new Session();
        const { quota } = session.volume;
        for (const one of operations) {
          const before = session.visible;
          try {
            session.perform(one);
          } catch (error) {
            expect(error).to.be.instanceOf(FsError);
            // What is refused changes nothing.
            expect(session.visible).to.equal(before);
            refused++;
          }
          const { tree } = session;
          const own = [...tree].filter(([at]) => at.startsWith('/tmp/')).map(([, node]) => node);
          const nameless = new Set(session.files.filter(({ isLinked }) => !isLinked));
          const files = [...own.filter((node) => node.kind === 'file'), ...nameless];
          expect(quota.count).to.equal(own.length + nameless.size);
          expect(quota.bytes).to.equal(files.reduce((total, file) => total + file.size, 0));
          expect(quota.count).to.be.at.most(MAX_COUNT);
          expect(quota.bytes).to.be.at.most(MAX_BYTES);
          for (const file of files) {
            // The host's memory is bounded by what is counted.
            const capacity = Math.max(2 * file.size, LEAST_CAPACITY);
            expect(file.data.length).to.be.within(file.size, capacity);
            expect(file.data.subarray(file.size).every((byte) => byte === 0)).to.equal(true);
          }
          expect([...session.volume.root.entries.keys()]).to.deep.equal(['lib', 'tmp']);
          const archive = tree.get('/lib/module.zip');
          expect(archive).to.include({ kind: 'file', size: 3, data: ARCHIVE });
        }
        expect(ARCHIVE).to.deep.equal(Uint8Array.of(1, 2, 3));
        // Nothing stays behind, either.
        for (const file of session.files.splice(0)) session.volume.close(file);
        for (const [at, node] of [...session.tree].reverse()) {
          if (!at.startsWith('/tmp/')) continue;
          if (node.kind === 'file') session.volume.removeFile(session.volume.root, at.slice(1));
          else session.volume.removeDirectory(session.volume.root, at.slice(1));
        }
        expect([quota.bytes, quota.count]).to.deep.equal([0, 0]);
      }),
      { numRuns: 300 },
    );
    expect(refused).to.be.greaterThan(1000);
  });
});
