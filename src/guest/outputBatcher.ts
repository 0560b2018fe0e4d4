import type { OutputChunk, OutputStream } from '../protocol/messages.js';
import { Unwind } from './unwind.js';

const BATCH_BYTES = 64 * 1024;
const BATCH_CHUNKS = 256;
const BATCH_INTERVAL_MS = 16;
/** This many writes in one interval are sent at once: a person's output is never held back. */
const PROMPT_WRITES = 32;

/** Collects what the program writes, in order over both streams, and enforces the output limit. */
export class OutputBatcher {
  readonly #send: (chunks: readonly OutputChunk[]) => void;
  readonly #maxBytes: number;
  #total = 0;
  #chunks: { stream: OutputStream; pieces: Uint8Array[]; length: number }[] = [];
  #pendingBytes = 0;
  #intervalStart = -Infinity;
  #sentInInterval = 0;

  /** @param send is given bytes that it owns. */
  constructor(maxBytes: number, send: (chunks: readonly OutputChunk[]) => void) {
    this.#maxBytes = maxBytes;
    this.#send = send;
  }

  /** @throws Unwind when the limit is passed; what fits was sent. */
  write(stream: OutputStream, bytes: Uint8Array): void {
    const room = this.#maxBytes - this.#total;
    const isOver = bytes.length > room;
    const kept = isOver ? bytes.slice(0, room) : bytes;
    this.#total += kept.length;
    this.#append(stream, kept);
    if (isOver) {
      this.flush();
      throw new Unwind({ kind: 'outputLimit' });
    }
    const now = performance.now();
    if (now - this.#intervalStart >= BATCH_INTERVAL_MS) {
      this.#intervalStart = now;
      this.#sentInInterval = 0;
    }
    if (
      this.#sentInInterval < PROMPT_WRITES ||
      this.#pendingBytes >= BATCH_BYTES ||
      this.#chunks.length >= BATCH_CHUNKS
    ) {
      this.flush();
    }
  }

  /** Sends what has waited long enough; called whenever the guest lets the host in. */
  tick(now: number): void {
    if (this.#chunks.length > 0 && now - this.#intervalStart >= BATCH_INTERVAL_MS) this.flush();
  }

  /** Sends all there is. */
  flush(): void {
    if (this.#chunks.length === 0) return;
    const chunks = this.#chunks.map(({ stream, pieces, length }) => ({
      stream,
      bytes: join(pieces, length),
    }));
    this.#chunks = [];
    this.#pendingBytes = 0;
    this.#sentInInterval++;
    this.#send(chunks);
  }

  #append(stream: OutputStream, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#pendingBytes += bytes.length;
    const last = this.#chunks.at(-1);
    if (last?.stream === stream) {
      last.pieces.push(bytes);
      last.length += bytes.length;
    } else {
      this.#chunks.push({ stream, pieces: [bytes], length: bytes.length });
    }
  }
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = pieces;
  if (pieces.length === 1 && first !== undefined) return first;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    joined.set(piece, offset);
    offset += piece.length;
  }
  return joined;
}
