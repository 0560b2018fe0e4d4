// Starts the interpreter once, in a host without time or chance, and writes down its memory.
//
//     node snapshot.mjs REACTOR.wasm ARCHIVE.zip HASH_SEED OUT.wasm OUT.img

import fs from 'node:fs';
import { countingClock, fixedEntropy, instantiate } from './host/guest.mjs';
import { encodeImage, stripData } from './host/image.mjs';

const WASM_PAGE = 65536;
// At least what the module declares for its stack, its data and a first heap; Python's start grows it to what it needs.
const INITIAL_PAGES = 320;
const ENTROPY_SEED = 0x9e3779b9;

const [wasmPath, archivePath, hashSeed, outWasm, outImage] = process.argv.slice(2);
const wasm = new Uint8Array(fs.readFileSync(wasmPath));
const archive = new Uint8Array(fs.readFileSync(archivePath));

const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES });
const clock = countingClock(Number(process.env.SOURCE_DATE_EPOCH));
const instance = instantiate({
  module: new WebAssembly.Module(wasm),
  memory,
  archive,
  clock,
  fillRandom: fixedEntropy(ENTROPY_SEED),
  output: (_fd, bytes) => process.stderr.write(bytes),
  report: (kind) => {
    throw new Error(`a report of kind ${kind}, and no program runs`);
  },
});
const exports = /** @type {any} */ (instance.exports);

exports._initialize();
const status = exports.rt_init(Number(hashSeed) | 0);
if (status !== 0) throw new Error(`rt_init failed: ${status}`);

const bytes = new Uint8Array(memory.buffer);
const stackPointer = exports.__stack_pointer.value;
// The stack comes first in memory and grows down: what is below its pointer is dead.
bytes.fill(0, 0, stackPointer);

const image = encodeImage(bytes, stackPointer, clock.last());
const code = stripData(wasm);
fs.writeFileSync(outWasm, code);
fs.writeFileSync(outImage, image);
console.log(`snapshot: ${image.length} bytes, memory ${bytes.length / WASM_PAGE} pages`);
console.log(`code: ${code.length} bytes`);
