const MAGIC = 0x4e535057; // "WPSN", little endian
const VERSION = 1;
const HEADER_BYTES = 32;
const PAGE_BYTES = 65536;

/** An initialised interpreter's memory, as runtime/python.img holds it. */
export interface Snapshot {
  readonly memoryPages: number;
  readonly stackPointer: number;
  /** The last value of the monotonic clock when it was taken. */
  readonly monotonicNs: bigint;
  readonly runs: readonly { readonly at: number; readonly bytes: Uint8Array }[];
}

/** The image is not one that this version reads. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

/** Reads the header; the runs are views of the image. @throws SnapshotError */
export function parseSnapshot(image: Uint8Array): Snapshot {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  if (image.length < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) {
    throw new SnapshotError('not a snapshot');
  }
  if (view.getUint32(4, true) !== VERSION) throw new SnapshotError('another version');
  const memoryBytes = view.getUint32(8, true);
  const runCount = view.getUint32(24, true);
  let offset = HEADER_BYTES + runCount * 8;
  if (offset > image.length) throw new SnapshotError('cut off');
  const runs = Array.from({ length: runCount }, (_, index) => {
    const at = view.getUint32(HEADER_BYTES + index * 8, true);
    const length = view.getUint32(HEADER_BYTES + index * 8 + 4, true);
    const bytes = image.subarray(offset, offset + length);
    offset += length;
    if (bytes.length !== length || at + length > memoryBytes) throw new SnapshotError('cut off');
    return { at, bytes };
  });
  return {
    memoryPages: memoryBytes / PAGE_BYTES,
    stackPointer: view.getUint32(12, true),
    monotonicNs: view.getBigUint64(16, true),
    runs,
  };
}

/**
 * Makes a memory of the snapshot's size, still empty.
 * @param maxBytes what it may grow to: the limit of the run.
 */
export function createMemory(snapshot: Snapshot, maxBytes: number): WebAssembly.Memory {
  return new WebAssembly.Memory({
    initial: snapshot.memoryPages,
    maximum: Math.max(snapshot.memoryPages, Math.floor(maxBytes / PAGE_BYTES)),
  });
}

/** Fills an empty memory with the snapshot. */
export function restore(snapshot: Snapshot, memory: WebAssembly.Memory): void {
  const bytes = new Uint8Array(memory.buffer);
  for (const run of snapshot.runs) bytes.set(run.bytes, run.at);
}
