const MEBIBYTE = 1024 * 1024;

/** What one run may use. All are upper bounds, in the unit of the name. */
export interface Limits {
  /** Wall clock from the first instruction of the program, without waiting in the queue. */
  readonly timeoutMs: number;
  /** The interpreter's whole linear memory, its own 26 MB included. */
  readonly memoryBytes: number;
  /** Bytes over stdout and stderr together. */
  readonly outputBytes: number;
  /** Bytes of all files in /tmp and /workspace together. */
  readonly fileBytes: number;
  /** Files and folders in /tmp and /workspace together. */
  readonly fileCount: number;
  /** Descriptors open at a time, the three standard streams and the root included. */
  readonly openDescriptors: number;
  /**
   * Ticks of the interpreter: one for every 4,096 backward jumps and calls of Python code. The same
   * program with the same input burns as many everywhere. C code burns none.
   */
  readonly fuel: number;
}

export const DEFAULT_LIMITS: Limits = {
  timeoutMs: 60_000,
  memoryBytes: 512 * MEBIBYTE,
  outputBytes: 10 * MEBIBYTE,
  fileBytes: 128 * MEBIBYTE,
  fileCount: 10_000,
  openDescriptors: 256,
  // As good as none: the wall clock is the limit that users know.
  fuel: Number.MAX_SAFE_INTEGER,
};

/** The least and most that each limit can be set to. */
export const LIMIT_RANGES: Readonly<Record<keyof Limits, readonly [least: number, most: number]>> =
  {
    timeoutMs: [1, 24 * 3600 * 1000],
    memoryBytes: [48 * MEBIBYTE, 4096 * MEBIBYTE - 65536],
    outputBytes: [1, 1024 * MEBIBYTE],
    fileBytes: [0, 1024 * MEBIBYTE],
    fileCount: [0, 100_000],
    openDescriptors: [8, 4096],
    fuel: [1, Number.MAX_SAFE_INTEGER],
  };
