/**
 * What a parameter of an import means, as WASI (preview 1) has it. Some take two values: an address
 * and a length or count.
 */
export type Role =
  /** A number without an address: descriptors, flags, clocks, sizes. */
  | 'fd'
  | 'i32'
  | 'i64'
  | 'clock'
  | 'whence'
  | 'oflags'
  | 'rights'
  /** An address that the answer goes to, of so many bytes. */
  | `out${number}`
  /** An address and a length: written to, or read. */
  | 'outBuffer'
  | 'path'
  | 'report'
  /** An address and a count of buffers, each an address and a length: filled, or read. */
  | 'outVectors'
  | 'inVectors'
  /** Subscriptions, events, their number, and where the number of events goes. */
  | 'poll';

export interface ImportSpec {
  readonly module: 'wasi_snapshot_preview1' | 'rt';
  readonly name: string;
  readonly roles: readonly Role[];
}

/** The environment that the runs have: `environ_get` writes as much as these need. */
export const ENVIRONMENT = { A: 'ü', B: '' };

const WASI = {
  // There are no arguments: nothing is written.
  args_get: 'i32 i32',
  args_sizes_get: 'out4 out4',
  environ_get: 'out8 out8',
  environ_sizes_get: 'out4 out4',
  clock_res_get: 'clock out8',
  clock_time_get: 'clock i64 out8',
  fd_advise: 'fd i64 i64 i32',
  fd_allocate: 'fd i64 i64',
  fd_close: 'fd',
  fd_datasync: 'fd',
  fd_fdstat_get: 'fd out24',
  fd_fdstat_set_flags: 'fd i32',
  fd_fdstat_set_rights: 'fd i64 i64',
  fd_filestat_get: 'fd out64',
  fd_filestat_set_size: 'fd i64',
  fd_filestat_set_times: 'fd i64 i64 i32',
  fd_pread: 'fd outVectors i64 out4',
  fd_prestat_get: 'fd out8',
  fd_prestat_dir_name: 'fd outBuffer',
  fd_pwrite: 'fd inVectors i64 out4',
  fd_read: 'fd outVectors out4',
  fd_readdir: 'fd outBuffer i64 out4',
  fd_renumber: 'fd fd',
  fd_seek: 'fd i64 whence out8',
  fd_sync: 'fd',
  fd_tell: 'fd out8',
  fd_write: 'fd inVectors out4',
  path_create_directory: 'fd path',
  path_filestat_get: 'fd i32 path out64',
  path_filestat_set_times: 'fd i32 path i64 i64 i32',
  path_link: 'fd i32 path fd path',
  path_open: 'fd i32 path oflags rights rights i32 out4',
  path_readlink: 'fd path outBuffer out4',
  path_remove_directory: 'fd path',
  path_rename: 'fd path fd path',
  path_symlink: 'path fd path',
  path_unlink_file: 'fd path',
  poll_oneoff: 'poll',
  proc_exit: 'i32',
  proc_raise: 'i32',
  random_get: 'outBuffer',
  sched_yield: '',
  // There are no sockets: whatever these point to is never looked at.
  sock_accept: 'fd i32 i32',
  sock_recv: 'fd i32 i32 i32 i32 i32',
  sock_send: 'fd i32 i32 i32 i32',
  sock_shutdown: 'fd i32',
};

const RT = { poll: 'i32', yield: '', report: 'i32 report' };

function specs(
  module: ImportSpec['module'],
  table: Readonly<Record<string, string>>,
): readonly ImportSpec[] {
  return Object.entries(table).map(([name, roles]) => ({
    module,
    name,
    roles: roles === '' ? [] : (roles.split(' ') as Role[]),
  }));
}

/** All that a guest can call, in the order of the script machine's numbers. */
export const IMPORTS: readonly ImportSpec[] = [
  ...specs('wasi_snapshot_preview1', WASI),
  ...specs('rt', RT),
];

/**
 * The errors, and for our own imports the numbers, that a call whose arguments are sound can get:
 * never EFAULT, which is about arguments, nor EIO, which is about what nobody foresaw.
 */
export const ANSWERS: Readonly<Record<string, readonly number[]>> = {
  ...Object.fromEntries(IMPORTS.map(({ name }) => [name, [0]])),
  fd_advise: [0, 8],
  fd_allocate: [0, 8, 28, 51, 58],
  fd_close: [0, 8],
  fd_datasync: [0, 8],
  fd_fdstat_get: [0, 8],
  fd_fdstat_set_flags: [0, 8],
  fd_fdstat_set_rights: [8, 58],
  fd_filestat_get: [0, 8],
  fd_filestat_set_size: [0, 8, 28, 31, 51],
  fd_filestat_set_times: [0, 8, 58, 69],
  fd_pread: [0, 8, 28, 58],
  fd_prestat_get: [0, 8, 58],
  fd_prestat_dir_name: [0, 8, 37, 58],
  fd_pwrite: [0, 8, 28, 51, 58],
  fd_read: [0, 8, 31],
  fd_readdir: [0, 8, 33, 58],
  fd_renumber: [0, 8],
  fd_seek: [0, 8, 28, 58, 70],
  fd_sync: [0, 8],
  fd_tell: [0, 8, 58, 70],
  fd_write: [0, 8, 51],
  path_create_directory: [0, 8, 20, 37, 44, 51, 54, 69, 76],
  path_filestat_get: [0, 8, 37, 44, 54, 76],
  path_filestat_set_times: [0, 8, 37, 44, 54, 69, 76],
  path_link: [58],
  path_open: [0, 8, 20, 28, 31, 33, 37, 44, 51, 54, 69, 76],
  path_readlink: [8, 28, 37, 44, 54, 76],
  path_remove_directory: [0, 8, 28, 37, 44, 54, 55, 69, 76],
  path_rename: [0, 8, 28, 31, 37, 44, 54, 55, 69, 76],
  path_symlink: [58],
  path_unlink_file: [0, 8, 31, 37, 44, 54, 69, 76],
  proc_raise: [58],
  sock_accept: [57],
  sock_recv: [57],
  sock_send: [57],
  sock_shutdown: [57],
  poll: [0, 2],
  report: [0, 1],
};

/** The WebAssembly types of an import's parameters. */
export function parameterTypes({ roles }: ImportSpec): readonly ('i32' | 'i64')[] {
  return roles.flatMap((role) => {
    switch (role) {
      case 'i64':
      case 'rights':
        return ['i64'] as const;
      case 'outBuffer':
      case 'path':
      case 'report':
      case 'outVectors':
      case 'inVectors':
        return ['i32', 'i32'] as const;
      case 'poll':
        return ['i32', 'i32', 'i32', 'i32'] as const;
      default:
        return ['i32'] as const;
    }
  });
}
