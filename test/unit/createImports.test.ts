import { expect } from 'chai';
import fc from 'fast-check';
import { Quota } from '../../src/guest/fs/quota.js';
import { Volume } from '../../src/guest/fs/volume.js';
import { createEntropy } from '../../src/guest/entropy.js';
import { createGuestClock } from '../../src/guest/guestClock.js';
import { OutputBatcher } from '../../src/guest/outputBatcher.js';
import { RefusalLog } from '../../src/guest/refusalLog.js';
import { SignalFlag } from '../../src/guest/signalFlag.js';
import { Sleeper } from '../../src/guest/sleeper.js';
import { Unwind } from '../../src/guest/unwind.js';
import { createImports } from '../../src/guest/wasi/createImports.js';
import { InputDescriptor } from '../../src/guest/wasi/streamDescriptors.js';
import { SIGNAL } from '../../src/protocol/messages.js';

const EBADF = 8;
const EFAULT = 21;
const EINVAL = 28;
const EMFILE = 33;
const MEMORY_BYTES = 2 * 65536;

function createGuest() {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 2 });
  const clock = createGuestClock('host', 0n);
  const volume = new Volume(new Quota(1 << 20, 100), () => clock.realtimeNs());
  volume.mountFile('/lib/module.zip', Uint8Array.of(1, 2, 3));
  volume.mountDirectory('/tmp', true);
  const output: string[] = [];
  const batcher = new OutputBatcher(1 << 20, (chunks) => {
    for (const { stream, bytes } of chunks) output.push(`${stream}:${String(bytes.length)}`);
  });
  // An interrupt waits, so that no sleep lasts.
  const signals = new SignalFlag(new Int32Array(new SharedArrayBuffer(4)));
  signals.set(SIGNAL.interrupt);
  const refusals = new RefusalLog();
  refusals.begin(() => undefined);
  const imports = createImports({
    memory,
    volume,
    clock,
    entropy: createEntropy(null),
    refusals,
    environment: ['A=ü', 'B='],
    sleeper: new Sleeper(signals, batcher, clock, false),
    stdin: new InputDescriptor(),
    maxDescriptors: 16,
    writeStdout: (bytes) => {
      batcher.write('stdout', bytes);
    },
    writeStderr: (bytes) => {
      batcher.write('stderr', bytes);
    },
  });
  const call = (name: string, ...args: (number | bigint)[]): unknown => {
    const implementation = imports[name];
    if (implementation === undefined) throw new Error(`no import ${name}`);
    return implementation(...args);
  };
  const put = (at: number, text: string): [number, number] => {
    const bytes = new TextEncoder().encode(text);
    new Uint8Array(memory.buffer).set(bytes, at);
    return [at, bytes.length];
  };
  const view = new DataView(memory.buffer);
  return { memory, imports, call, put, view, output, volume };
}

/** The arguments of each import: i32 or i64. */
const SIGNATURES: Readonly<Record<string, string>> = {
  args_get: 'ii',
  args_sizes_get: 'ii',
  environ_get: 'ii',
  environ_sizes_get: 'ii',
  clock_res_get: 'ii',
  clock_time_get: 'iIi',
  fd_advise: 'iIIi',
  fd_allocate: 'iII',
  fd_close: 'i',
  fd_datasync: 'i',
  fd_fdstat_get: 'ii',
  fd_fdstat_set_flags: 'ii',
  fd_fdstat_set_rights: 'iII',
  fd_filestat_get: 'ii',
  fd_filestat_set_size: 'iI',
  fd_filestat_set_times: 'iIIi',
  fd_pread: 'iiiIi',
  fd_prestat_get: 'ii',
  fd_prestat_dir_name: 'iii',
  fd_pwrite: 'iiiIi',
  fd_read: 'iiii',
  fd_readdir: 'iiiIi',
  fd_renumber: 'ii',
  fd_seek: 'iIii',
  fd_sync: 'i',
  fd_tell: 'ii',
  fd_write: 'iiii',
  path_create_directory: 'iii',
  path_filestat_get: 'iiiii',
  path_filestat_set_times: 'iiiiIIi',
  path_link: 'iiiiiii',
  path_open: 'iiiiiIIii',
  path_readlink: 'iiiiii',
  path_remove_directory: 'iii',
  path_rename: 'iiiiii',
  path_symlink: 'iiiii',
  path_unlink_file: 'iii',
  poll_oneoff: 'iiii',
  proc_exit: 'i',
  proc_raise: 'i',
  sched_yield: '',
  random_get: 'ii',
  sock_accept: 'iii',
  sock_recv: 'iiiiii',
  sock_send: 'iiiii',
  sock_shutdown: 'ii',
};

describe('the WASI imports', () => {
  it('are all that WASI has, and nothing else', () => {
    expect(Object.keys(createGuest().imports).sort()).to.deep.equal(Object.keys(SIGNATURES).sort());
  });

  it('answer any arguments with an errno, throw nothing but Unwind, and never hang', () => {
    const i32 = fc.oneof(
      fc.integer(),
      fc.nat(20),
      fc.constantFrom(0, 3, -1, MEMORY_BYTES, MEMORY_BYTES - 1, 0x7fffffff, -0x80000000, 4096),
    );
    const i64 = fc.oneof(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.constantFrom(0n, 1n, -1n),
    );
    const call = fc
      .constantFrom(...Object.entries(SIGNATURES))
      .chain(([name, signature]) =>
        fc.tuple(
          fc.constant(name),
          fc.tuple(
            ...Array.from(signature, (kind): fc.Arbitrary<number | bigint> =>
              kind === 'i' ? i32 : i64,
            ),
          ),
        ),
      );
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 30 }), fc.nat(255), (calls, filler) => {
        const guest = createGuest();
        new Uint8Array(guest.memory.buffer).fill(filler, 0, 4096);
        for (const [name, args] of calls) {
          try {
            const answer = guest.call(name, ...args);
            expect(answer, name).to.be.a('number');
            expect(
              Number.isInteger(answer) && Number(answer) >= 0 && Number(answer) <= 76,
            ).to.equal(true);
          } catch (error) {
            if (!(error instanceof Unwind)) throw error;
            expect(name).to.be.oneOf(['proc_exit', 'fd_write', 'fd_pwrite', 'poll_oneoff']);
          }
        }
        // The skeleton is as it was.
        expect([...guest.volume.root.entries.keys()]).to.deep.equal(['lib', 'tmp']);
        expect(guest.volume.lookup(guest.volume.root, 'lib/module.zip')).to.include({ size: 3 });
      }),
      { numRuns: 2000 },
    );
  });

  it('refuse vectors that overlap into more than the memory, and lengths of 2^32-1', () => {
    const { call, view, output } = createGuest();
    for (let i = 0; i < 1024; i++) {
      view.setUint32(i * 8, 0, true);
      view.setUint32(i * 8 + 4, MEMORY_BYTES, true);
    }
    expect(call('fd_write', 1, 0, 1024, 16_384)).to.equal(EINVAL);
    expect(call('fd_write', 1, 0, -1, 16_384)).to.equal(EINVAL);
    expect(call('fd_read', 0, MEMORY_BYTES - 4, 1, 0)).to.equal(EFAULT);
    view.setUint32(4, 0xffffffff, true);
    expect(call('fd_write', 1, 0, 1, 16_384)).to.equal(EFAULT);
    expect(call('random_get', 0, -1)).to.equal(EFAULT);
    expect(call('path_open', 3, 0, 0, -1, 0, 0n, 0n, 0, 0)).to.equal(EFAULT);
    expect(call('poll_oneoff', 0, 0, -1, 0)).to.equal(EINVAL);
    expect(output).to.deep.equal([]);
  });

  it('do nothing by halves: a bad result pointer refuses before anything happens', () => {
    const { call, put, volume } = createGuest();
    const path = put(100, 'tmp/new');
    expect(call('path_open', 3, 0, ...path, 1, 1n << 6n, 0n, 0, MEMORY_BYTES)).to.equal(EFAULT);
    expect(volume.quota.count).to.equal(0);
  });

  it('reuse the lowest free descriptor, up to the limit', () => {
    const { call, put, view } = createGuest();
    const path = put(100, 'tmp');
    const open = (): number => {
      const errno = Number(call('path_open', 3, 0, ...path, 0, 0n, 0n, 0, 0));
      return errno === 0 ? view.getUint32(0, true) : -errno;
    };
    const opened = Array.from({ length: 13 }, open);
    expect(opened).to.deep.equal([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, -33]);
    expect(call('fd_close', 7)).to.equal(0);
    expect(call('fd_close', 7)).to.equal(EBADF);
    expect(open()).to.equal(7);
  });

  it('remember no more of listings than twice what there can be', () => {
    const { call, put, view } = createGuest();
    for (let i = 0; i < 90; i++) {
      const path = put(100, `tmp/${String(i)}`);
      expect(call('path_open', 3, 0, ...path, 1, 0n, 0n, 0, 0)).to.equal(0);
      expect(call('fd_close', 4)).to.equal(0);
    }
    const path = put(100, 'tmp');
    for (const descriptor of [4, 5, 6]) {
      expect(call('path_open', 3, 0, ...path, 0, 0n, 0n, 0, 0)).to.equal(0);
      expect(view.getUint32(0, true)).to.equal(descriptor);
    }
    const list = (descriptor: number): unknown => call('fd_readdir', descriptor, 4096, 4096, 0n, 0);
    // Reading from the start again takes no more room; closing gives it back.
    expect([list(4), list(5), list(5), list(6)]).to.deep.equal([0, 0, 0, EMFILE]);
    expect(call('fd_close', 4)).to.equal(0);
    expect(list(6)).to.equal(0);
  });

  it('write the time stamps of a file where WASI has them', () => {
    const { call, put, view } = createGuest();
    const path = put(100, 'tmp');
    expect(call('path_filestat_set_times', 3, 0, ...path, 1111n, 2222n, 1 | 4)).to.equal(0);
    expect(call('path_filestat_get', 3, 0, ...path, 0)).to.equal(0);
    expect(view.getUint8(16)).to.equal(3);
    expect(view.getBigUint64(40, true)).to.equal(1111n);
    expect(view.getBigUint64(48, true)).to.equal(2222n);
  });
});
