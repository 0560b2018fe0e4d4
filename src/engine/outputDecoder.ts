import { guestText, type GuestText } from '../protocol/guestText.js';
import type { OutputChunk, OutputStream } from '../protocol/messages.js';

/**
 * Turns a run's output bytes into text. Each stream is decoded on its own, so that a character split
 * over two chunks, even with the other stream's bytes in between, comes out whole. Bytes that are
 * not UTF-8 become U+FFFD.
 */
export class OutputDecoder {
  // A BOM that the program printed is text like any other.
  readonly #decoders: Record<OutputStream, TextDecoder> = {
    stdout: new TextDecoder('utf-8', { ignoreBOM: true }),
    stderr: new TextDecoder('utf-8', { ignoreBOM: true }),
  };

  decode(chunk: OutputChunk): GuestText {
    return guestText(this.#decoders[chunk.stream].decode(chunk.bytes, { stream: true }));
  }

  /** What an incomplete character at a stream's end comes to; call once for each, at the end. */
  flush(stream: OutputStream): GuestText {
    return guestText(this.#decoders[stream].decode());
  }
}
