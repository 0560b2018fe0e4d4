import { WASI, wasi, type Fd } from '@bjorn3/browser_wasi_shim';
import { ERRNO, FsError } from '../fs/fsError.js';
import type { Entropy } from '../entropy.js';
import type { Volume } from '../fs/volume.js';
import type { GuestClock } from '../guestClock.js';
import type { RefusalLog } from '../refusalLog.js';
import type { Sleeper } from '../sleeper.js';
import { Unwind } from '../unwind.js';
import {
  buffer,
  checkArguments,
  path,
  result,
  vectors,
  type ArgumentCheck,
  type ImportArguments,
} from './checkArguments.js';
import { DescriptorTable } from './descriptorTable.js';
import { DirectoryDescriptor } from './directoryDescriptor.js';
import { GuestMemory } from './guestMemory.js';
import { isStackOverflow } from './isStackOverflow.js';
import { ListingBudget } from './listingBudget.js';
import { noteRefusal } from './noteRefusal.js';
import { pathImports } from './pathImports.js';
import { pollOneoff } from './pollOneoff.js';
import { OutputDescriptor, type InputDescriptor } from './streamDescriptors.js';

const ENOTSOCK = 57;
const EFAULT = 21;
const EIO = 29;

/** All that WASI gives this guest. */
export interface WasiHost {
  readonly memory: WebAssembly.Memory;
  readonly volume: Volume;
  readonly clock: GuestClock;
  readonly entropy: Entropy;
  readonly refusals: RefusalLog;
  /** `NAME=value`. */
  readonly environment: readonly string[];
  readonly sleeper: Sleeper;
  readonly stdin: InputDescriptor;
  readonly maxDescriptors: number;
  readonly writeStdout: (bytes: Uint8Array) => void;
  readonly writeStderr: (bytes: Uint8Array) => void;
}

type Implementation = (...args: never[]) => unknown;
type GuestFunction = (...args: (number | bigint)[]) => unknown;

/**
 * The `wasi_snapshot_preview1` imports: the shim's, over descriptors of ours, with our own where the
 * shim's would block, leak or trust. Each checks its arguments first and lets no exception into the
 * guest but {@link Unwind} and a stack overflow, neither of which the guest survives.
 */
export function createImports(host: WasiHost): Record<string, GuestFunction> {
  const memory = new GuestMemory(host.memory);
  const listings = new ListingBudget(host.volume.quota.maxCount);
  const slots: (Fd | undefined)[] = [
    host.stdin,
    new OutputDescriptor(host.writeStdout),
    new OutputDescriptor(host.writeStderr),
    new DirectoryDescriptor(host.volume.root, host.volume, listings),
  ];
  // The shim's type has no room for closed descriptors, its code has.
  const shim = new WASI([], [...host.environment], slots as Fd[], { debug: false });
  shim.inst = { exports: { memory: host.memory } };
  const descriptors = new DescriptorTable(slots, host.maxDescriptors);
  const implementations: Record<string, Implementation> = {
    ...shim.wasiImport,
    ...overrides(host, memory, descriptors),
    ...pathImports(host.volume, memory, descriptors),
  };
  const refused = { refusals: host.refusals, memory, descriptors };
  return Object.fromEntries(
    Object.entries(implementations).map(([name, implementation]) => [
      name,
      guard(implementation, CHECKS[name] ?? [], memory, (args, errno) => {
        noteRefusal(name, args, errno, refused);
      }),
    ]),
  );
}

function overrides(
  host: WasiHost,
  memory: GuestMemory,
  descriptors: DescriptorTable,
): Record<string, Implementation> {
  const { clock } = host;
  const notSocket = (): number => ENOTSOCK;
  const notSupported = (): number => ERRNO.notSupported;
  return {
    environ_get: (pointers: number, strings: number) => {
      const entries = host.environment.map((entry) => new TextEncoder().encode(`${entry}\0`));
      const total = entries.reduce((sum, entry) => sum + entry.length, 0);
      const list = memory.view(pointers, entries.length * 4);
      const text = memory.bytes(strings, total);
      let at = 0;
      for (const [index, entry] of entries.entries()) {
        list.setUint32(index * 4, strings + at, true);
        text.set(entry, at);
        at += entry.length;
      }
      return ERRNO.success;
    },
    clock_res_get: (id: number, out: number) => {
      requireClock(id);
      memory.view(out, 8).setBigUint64(0, 1000n, true);
      return ERRNO.success;
    },
    clock_time_get: (id: number, _precision: bigint, out: number) => {
      requireClock(id);
      memory.view(out, 8).setBigUint64(0, readClock(clock, id), true);
      return ERRNO.success;
    },
    random_get: (pointer: number, length: number) => {
      host.entropy(memory.bytes(pointer, length));
      return ERRNO.success;
    },
    poll_oneoff: (input: number, output: number, count: number, countOut: number) =>
      pollOneoff([input, output, count, countOut], {
        memory,
        clock,
        sleeper: host.sleeper,
        isOpen: (descriptor) => descriptors.isOpen(descriptor),
      }),
    fd_renumber: (from: number, to: number) => {
      descriptors.renumber(from, to);
      return ERRNO.success;
    },
    proc_raise: notSupported,
    proc_exit: (code: number) => {
      throw new Unwind({ kind: 'exit', code: code & 0xff });
    },
    sched_yield: () => ERRNO.success,
    sock_accept: notSocket,
    sock_recv: notSocket,
    sock_send: notSocket,
    sock_shutdown: notSocket,
  };
}

function requireClock(id: number): void {
  if (id > wasi.CLOCKID_THREAD_CPUTIME_ID) throw new FsError(ERRNO.invalid);
}

function readClock(clock: GuestClock, id: number): bigint {
  // There is one thread, and it does nothing but run the guest: CPU time is the time that passes.
  return id === wasi.CLOCKID_REALTIME ? clock.realtimeNs() : clock.monotonicNs();
}

/** What each import's arguments point to, by position. */
const CHECKS: Readonly<Record<string, readonly ArgumentCheck[]>> = {
  args_get: [],
  args_sizes_get: [result(0, 4), result(1, 4)],
  environ_sizes_get: [result(0, 4), result(1, 4)],
  clock_res_get: [result(1, 8)],
  clock_time_get: [result(2, 8)],
  fd_fdstat_get: [result(1, 24)],
  fd_filestat_get: [result(1, 64)],
  fd_pread: [vectors(1), result(4, 4)],
  fd_prestat_get: [result(1, 8)],
  fd_prestat_dir_name: [buffer(1)],
  fd_pwrite: [vectors(1), result(4, 4)],
  fd_read: [vectors(1), result(3, 4)],
  fd_readdir: [buffer(1), result(4, 4)],
  fd_seek: [result(3, 8)],
  fd_tell: [result(1, 8)],
  fd_write: [vectors(1), result(3, 4)],
  path_create_directory: [path(1)],
  path_filestat_get: [path(2), result(4, 64)],
  path_filestat_set_times: [path(2)],
  path_link: [path(2), path(5)],
  path_open: [path(2), result(8, 4)],
  path_readlink: [path(1), buffer(3), result(5, 4)],
  path_remove_directory: [path(1)],
  path_rename: [path(1), path(4)],
  path_symlink: [path(0), path(3)],
  path_unlink_file: [path(1)],
  random_get: [buffer(0)],
};

/**
 * Makes an implementation safe to be called by anyone with anything.
 * @param refused is told of every call that failed.
 */
function guard(
  implementation: Implementation,
  checks: readonly ArgumentCheck[],
  memory: GuestMemory,
  refused: (args: ImportArguments, errno: number) => void,
): GuestFunction {
  const call = implementation as (...args: ImportArguments) => unknown;
  return (...raw) => {
    // WebAssembly hands over i32 as signed; addresses and lengths are not.
    const args = raw.map((value) => (typeof value === 'number' ? value >>> 0 : value));
    const answered = (answer: unknown): unknown => {
      if (typeof answer === 'number' && answer !== ERRNO.success) refused(args, answer);
      return answer;
    };
    const failed = (error: unknown): unknown => answered(toErrno(error));
    try {
      checkArguments(args, checks, memory);
      const answer = call(...args);
      return answer instanceof Promise ? answer.then(answered, failed) : answered(answer);
    } catch (error) {
      return failed(error);
    }
  };
}

/** @throws Unwind, and a stack overflow as it is */
function toErrno(error: unknown): number {
  if (error instanceof Unwind) throw error;
  // It came in the middle of our own work, which may be half done: a guest that went on could make
  // its files count for less than they take. It ends the run, as any overflow does.
  if (isStackOverflow(error)) throw error;
  if (error instanceof FsError) return error.errno;
  // A view past the end of memory; checked before, and still refused if a check was missed.
  if (error instanceof RangeError) return EFAULT;
  return EIO;
}
