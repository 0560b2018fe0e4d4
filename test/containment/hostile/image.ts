const MAGIC = 0x4e535057;
const HEADER_BYTES = 32;

/** A stretch of memory that is not zero. */
export interface ImageRun {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** A snapshot as runtime/python.img holds one: what a guest's memory is restored from. */
export function createImage(
  memoryBytes: number,
  runs: readonly ImageRun[] = [],
  header: { readonly magic?: number; readonly version?: number } = {},
): Uint8Array<ArrayBuffer> {
  const tableBytes = HEADER_BYTES + runs.length * 8;
  const image = new Uint8Array(runs.reduce((total, { bytes }) => total + bytes.length, tableBytes));
  const view = new DataView(image.buffer);
  view.setUint32(0, header.magic ?? MAGIC, true);
  view.setUint32(4, header.version ?? 1, true);
  view.setUint32(8, memoryBytes, true);
  view.setUint32(24, runs.length, true);
  let offset = tableBytes;
  for (const [index, { at, bytes }] of runs.entries()) {
    view.setUint32(HEADER_BYTES + index * 8, at, true);
    view.setUint32(HEADER_BYTES + index * 8 + 4, bytes.length, true);
    image.set(bytes, offset);
    offset += bytes.length;
  }
  return image;
}
