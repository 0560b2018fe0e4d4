import { wasi } from '@bjorn3/browser_wasi_shim';
import { expect } from 'chai';
import fc from 'fast-check';
import { readAt, writeAt } from '../../src/guest/fs/fileContent.js';
import { ERRNO, FsError } from '../../src/guest/fs/fsError.js';
import type { DirectoryNode, FileNode } from '../../src/guest/fs/node.js';
import { Quota } from '../../src/guest/fs/quota.js';
import { Volume, type OpenOptions } from '../../src/guest/fs/volume.js';

const READ: OpenOptions = {
  create: false,
  exclusive: false,
  truncate: false,
  directory: false,
  write: false,
};
const CREATE: OpenOptions = { ...READ, create: true, write: true };

function createVolume(maxBytes = 10_000, maxCount = 20): Volume {
  const volume = new Volume(new Quota(maxBytes, maxCount), () => 1n);
  volume.mountFile('/lib/module.zip', Uint8Array.of(1, 2, 3));
  volume.mountDirectory('/tmp', true);
  return volume;
}

function errnoOf(action: () => unknown): number {
  try {
    action();
  } catch (error) {
    if (error instanceof FsError) return error.errno;
    throw error;
  }
  return ERRNO.success;
}

function openFile(volume: Volume, path: string, options = CREATE): FileNode {
  const node = volume.open(volume.root, path, options);
  if (node.kind !== 'file') throw new Error('not a file');
  return node;
}

describe('Volume', () => {
  it('has the errno values of WASI', () => {
    expect(ERRNO).to.deep.equal({
      success: wasi.ERRNO_SUCCESS,
      badDescriptor: wasi.ERRNO_BADF,
      exists: wasi.ERRNO_EXIST,
      illegalSequence: wasi.ERRNO_ILSEQ,
      interrupted: wasi.ERRNO_INTR,
      invalid: wasi.ERRNO_INVAL,
      isDirectory: wasi.ERRNO_ISDIR,
      tooManyFiles: wasi.ERRNO_MFILE,
      nameTooLong: wasi.ERRNO_NAMETOOLONG,
      noEntry: wasi.ERRNO_NOENT,
      noSpace: wasi.ERRNO_NOSPC,
      notDirectory: wasi.ERRNO_NOTDIR,
      notEmpty: wasi.ERRNO_NOTEMPTY,
      notSupported: wasi.ERRNO_NOTSUP,
      readOnly: wasi.ERRNO_ROFS,
      isPipe: wasi.ERRNO_SPIPE,
      notCapable: wasi.ERRNO_NOTCAPABLE,
    });
  });

  it('resolves paths within itself, whatever they say', () => {
    const volume = createVolume();
    openFile(volume, 'tmp/a');
    for (const path of [
      'tmp/a',
      './tmp//a',
      'lib/../tmp/a',
      '../../tmp/a',
      'tmp/../../../tmp/./a',
    ]) {
      expect(volume.lookup(volume.root, path).kind, path).to.equal('file');
    }
    const tmp = volume.lookup(volume.root, 'tmp') as DirectoryNode;
    const errors: [DirectoryNode, string, number][] = [
      [volume.root, '', ERRNO.noEntry],
      [volume.root, '/tmp/a', ERRNO.notCapable],
      [volume.root, 'tmp/a/', ERRNO.notDirectory],
      [volume.root, 'tmp/a/b', ERRNO.notDirectory],
      [volume.root, 'tmp/a/..', ERRNO.notDirectory],
      [volume.root, 'none/../tmp/a', ERRNO.noEntry],
      [volume.root, 'x'.repeat(256), ERRNO.nameTooLong],
      [volume.root, 'ü'.repeat(128), ERRNO.nameTooLong],
      [volume.root, 'x/'.repeat(5000), ERRNO.nameTooLong],
      [tmp, '..', ERRNO.notCapable],
      [tmp, 'a/../../lib', ERRNO.notDirectory],
      [tmp, '../lib/module.zip', ERRNO.notCapable],
    ];
    for (const [start, path, errno] of errors) {
      expect(
        errnoOf(() => volume.lookup(start, path)),
        path.slice(0, 30),
      ).to.equal(errno);
    }
  });

  it('changes nothing outside its writable folders', () => {
    const volume = createVolume();
    openFile(volume, 'tmp/a');
    const { root } = volume;
    const attempts: Record<string, () => unknown> = {
      create: () => volume.open(root, 'lib/new', CREATE),
      overwrite: () => volume.open(root, 'lib/module.zip', { ...READ, write: true }),
      truncate: () => volume.open(root, 'lib/module.zip', { ...READ, truncate: true }),
      remove: () => {
        volume.removeFile(root, 'lib/module.zip');
      },
      mkdir: () => {
        volume.createDirectory(root, 'new');
      },
      rmdir: () => {
        volume.removeDirectory(root, 'tmp');
      },
      'move out': () => {
        volume.rename(root, 'lib/module.zip', root, 'tmp/m');
      },
      'move over': () => {
        volume.rename(root, 'tmp/a', root, 'lib/module.zip');
      },
      'rename a mount': () => {
        volume.rename(root, 'tmp', root, 'tmp2');
      },
    };
    for (const [name, attempt] of Object.entries(attempts)) {
      expect(errnoOf(attempt), name).to.equal(ERRNO.readOnly);
    }
  });

  it('never moves a folder into itself', () => {
    const volume = createVolume();
    volume.createDirectory(volume.root, 'tmp/a');
    volume.createDirectory(volume.root, 'tmp/a/b');
    for (const target of ['tmp/a/c', 'tmp/a/b/c']) {
      const move = (): void => {
        volume.rename(volume.root, 'tmp/a', volume.root, target);
      };
      expect(errnoOf(move)).to.equal(ERRNO.invalid);
    }
  });

  it('takes nothing into a folder that was removed while it was open', () => {
    const volume = createVolume();
    volume.createDirectory(volume.root, 'tmp/a');
    const removed = volume.lookup(volume.root, 'tmp/a') as DirectoryNode;
    volume.removeDirectory(volume.root, 'tmp/a');
    expect(errnoOf(() => volume.open(removed, 'x', CREATE))).to.equal(ERRNO.noEntry);
  });

  it('holds the quota and the content through any sequence of operations', () => {
    const name = fc.constantFrom('tmp/a', 'tmp/b', 'tmp/c');
    const operation = fc.oneof(
      fc.record({ do: fc.constant('write'), name, at: fc.nat(6000), size: fc.nat(6000) }),
      fc.record({ do: fc.constant('truncate'), name, at: fc.nat(12_000), size: fc.nat() }),
      fc.record({ do: fc.constant('remove'), name, at: fc.nat(), size: fc.nat() }),
      fc.record({ do: fc.constant('rename'), name, at: fc.nat(2), size: fc.nat() }),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
        const volume = createVolume();
        const model = new Map<string, Uint8Array>();
        const total = (): number => [...model.values()].reduce((sum, file) => sum + file.length, 0);
        for (const { do: kind, name, at, size } of operations) {
          const before = model.get(name) ?? new Uint8Array();
          let after: Uint8Array | null = null;
          let errno = ERRNO.success as number;
          if (kind === 'write') {
            after = new Uint8Array(Math.max(before.length, size === 0 ? 0 : at + size));
            after.set(before);
            after.fill(7, at, at + size);
            errno = errnoOf(() => {
              const file = openFile(volume, name);
              try {
                if (size > 0) writeAt(file, at, new Uint8Array(size).fill(7), volume.quota);
              } finally {
                volume.close(file);
              }
            });
          } else if (kind === 'truncate') {
            after = new Uint8Array(at);
            after.set(before.subarray(0, at));
            errno = errnoOf(() => {
              const file = openFile(volume, name);
              try {
                volume.truncate(file, at);
              } finally {
                volume.close(file);
              }
            });
          } else if (kind === 'remove') {
            errno = errnoOf(() => {
              volume.removeFile(volume.root, name);
            });
            expect(errno).to.equal(model.has(name) ? ERRNO.success : ERRNO.noEntry);
            model.delete(name);
          } else {
            const target = ['tmp/a', 'tmp/b', 'tmp/c'][at] ?? 'tmp/a';
            errno = errnoOf(() => {
              volume.rename(volume.root, name, volume.root, target);
            });
            expect(errno).to.equal(model.has(name) ? ERRNO.success : ERRNO.noEntry);
            if (model.has(name) && target !== name) {
              model.set(target, before);
              model.delete(name);
            }
          }
          if (after !== null) {
            const fits = total() - before.length + after.length <= volume.quota.maxBytes;
            const shrinks = after.length <= before.length;
            expect(errno).to.equal(fits || shrinks ? ERRNO.success : ERRNO.noSpace);
            model.set(name, errno === ERRNO.success ? after : before);
          }
          expect(volume.quota.bytes).to.equal(total());
          expect(volume.quota.count).to.equal(model.size);
        }
        for (const [name, content] of model) {
          const file = openFile(volume, name, READ);
          expect(Buffer.from(readAt(file, 0, 20_000)).equals(content), name).to.equal(true);
        }
      }),
    );
  });
});
