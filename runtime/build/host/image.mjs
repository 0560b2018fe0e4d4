// The snapshot's format, and what else is done to python.wasm's bytes.

const MAGIC = 'WPSN';
const VERSION = 1;
const HEADER_BYTES = 32;
const PAGE = 4096;

/**
 * @typedef {object} Image
 * @property {number} memoryBytes size of the memory to restore into, a multiple of 64 KiB
 * @property {number} stackPointer value for `__stack_pointer`
 * @property {bigint} monotonicNanoseconds the last monotonic time that the guest was told
 * @property {{ start: number, bytes: Uint8Array }[]} runs what is not zero
 */

/**
 * @param {Uint8Array} memory
 * @param {number} stackPointer
 * @param {bigint} monotonicNanoseconds
 * @returns {Uint8Array}
 */
export function encodeImage(memory, stackPointer, monotonicNanoseconds) {
  const runs = nonZeroRuns(memory);
  const total = runs.reduce((sum, run) => sum + run.length, 0);
  const bodyStart = HEADER_BYTES + runs.length * 8;
  const image = new Uint8Array(bodyStart + total);
  const view = new DataView(image.buffer);
  image.set(new TextEncoder().encode(MAGIC), 0);
  view.setUint32(4, VERSION, true);
  view.setUint32(8, memory.length, true);
  view.setUint32(12, stackPointer, true);
  view.setBigUint64(16, monotonicNanoseconds, true);
  view.setUint32(24, runs.length, true);
  let position = bodyStart;
  runs.forEach(({ start, length }, index) => {
    view.setUint32(HEADER_BYTES + index * 8, start, true);
    view.setUint32(HEADER_BYTES + index * 8 + 4, length, true);
    image.set(memory.subarray(start, start + length), position);
    position += length;
  });
  return image;
}

/**
 * @param {Uint8Array} image
 * @returns {Image}
 */
export function decodeImage(image) {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const magic = new TextDecoder('latin1').decode(image.subarray(0, 4));
  if (magic !== MAGIC || view.getUint32(4, true) !== VERSION) {
    throw new Error(`not a snapshot of version ${VERSION}`);
  }
  const runCount = view.getUint32(24, true);
  const memoryBytes = view.getUint32(8, true);
  const runs = [];
  let position = HEADER_BYTES + runCount * 8;
  let end = 0;
  for (let index = 0; index < runCount; index++) {
    const start = view.getUint32(HEADER_BYTES + index * 8, true);
    const length = view.getUint32(HEADER_BYTES + index * 8 + 4, true);
    if (start < end || start % PAGE !== 0 || length % PAGE !== 0 || start + length > memoryBytes) {
      throw new Error(`run ${index} of the snapshot is out of order or out of bounds`);
    }
    end = start + length;
    runs.push({ start, bytes: image.subarray(position, position + length) });
    position += length;
  }
  if (position !== image.length) {
    throw new Error(`the snapshot has ${image.length} bytes, its runs make ${position}`);
  }
  return {
    memoryBytes,
    stackPointer: view.getUint32(12, true),
    monotonicNanoseconds: view.getBigUint64(16, true),
    runs,
  };
}

/**
 * @param {Uint8Array} memory
 * @returns {{ start: number, length: number }[]}
 */
function nonZeroRuns(memory) {
  const words = new BigUint64Array(memory.buffer, memory.byteOffset, memory.length / 8);
  const perPage = PAGE / 8;
  const runs = [];
  for (let page = 0; page * perPage < words.length; page++) {
    if (words.subarray(page * perPage, (page + 1) * perPage).every((word) => word === 0n)) continue;
    const last = runs.at(-1);
    const start = page * PAGE;
    if (last && last.start + last.length === start) last.length += PAGE;
    else runs.push({ start, length: PAGE });
  }
  return runs;
}

const DATA_SECTION = 11;
const DATA_COUNT_SECTION = 12;

/**
 * Removes the data of a module: the snapshot brings it, as it was after initialisation.
 *
 * @param {Uint8Array} wasm
 * @returns {Uint8Array}
 */
export function stripData(wasm) {
  const kept = [wasm.subarray(0, 8)];
  let position = 8;
  while (position < wasm.length) {
    const id = wasm[position];
    const { value: size, next } = readUnsigned(wasm, position + 1);
    const end = next + size;
    if (id !== DATA_SECTION && id !== DATA_COUNT_SECTION) kept.push(wasm.subarray(position, end));
    position = end;
  }
  return new Uint8Array(Buffer.concat(kept));
}

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @returns {{ value: number, next: number }}
 */
function readUnsigned(bytes, start) {
  let value = 0;
  let shift = 0;
  let next = start;
  for (;;) {
    const byte = bytes[next++];
    value |= (byte & 0x7f) << shift;
    shift += 7;
    if ((byte & 0x80) === 0) return { value: value >>> 0, next };
  }
}
