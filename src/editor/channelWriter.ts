import type { Disposable } from '../common/disposable.js';

/** Where text ends up; an output channel is one. */
export interface TextSink {
  /** A promise, which must not reject, means that nothing more may come before it settles. */
  append(text: string): void | Promise<void>;
}

/** Long enough for all of a short run to go in one piece. */
const LEAD_MS = 10;
const PAUSE_MS = 30;
const DEFAULT_PIECE_LENGTH = 256 * 1024;

/**
 * Passes text on in pieces of bounded size with a pause after each, so that a flood neither blocks
 * the extension host nor drowns the channel in small messages.
 */
export class ChannelWriter implements Disposable {
  readonly #sink: TextSink;
  readonly #maxPieceLength: number;
  readonly #pieces: string[] = [];
  #waiters: (() => void)[] = [];
  #timer: TimerHandle | undefined;
  #isPassing = false;
  #isDisposed = false;

  constructor(sink: TextSink, maxPieceLength = DEFAULT_PIECE_LENGTH) {
    this.#sink = sink;
    this.#maxPieceLength = maxPieceLength;
  }

  write(text: string): void {
    if (this.#isDisposed || text === '') return;
    this.#pieces.push(text);
    if (!this.#isPassing) this.#timer ??= setTimeout(this.#flush, LEAD_MS);
  }

  /** Resolves when all that was written so far has been passed on or dropped. */
  drained(): Promise<void> {
    if (this.#pieces.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** Drops what has not been passed on yet. */
  clear(): void {
    this.#pieces.length = 0;
    this.#release();
  }

  readonly #flush = (): void => {
    this.#timer = undefined;
    if (this.#pieces.length > 0) void this.#pass();
  };

  async #pass(): Promise<void> {
    this.#isPassing = true;
    const passed = this.#sink.append(this.#takePiece());
    if (this.#pieces.length === 0) this.#release();
    await passed;
    this.#isPassing = false;
    if (!this.#isDisposed) this.#timer = setTimeout(this.#flush, PAUSE_MS);
  }

  #takePiece(): string {
    let length = 0;
    let count = 0;
    while (count < this.#pieces.length && length < this.#maxPieceLength) {
      length += this.#pieces[count++]?.length ?? 0;
    }
    const text = this.#pieces.splice(0, count).join('');
    if (text.length <= this.#maxPieceLength) return text;
    const end = splitsPair(text, this.#maxPieceLength)
      ? this.#maxPieceLength - 1
      : this.#maxPieceLength;
    this.#pieces.unshift(text.slice(end));
    return text.slice(0, end);
  }

  #release(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve();
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.clear();
  }
}

/** Each piece is encoded on its own: half a surrogate pair would be lost. */
function splitsPair(text: string, index: number): boolean {
  return text.charCodeAt(index - 1) >> 10 === 0x36 && text.charCodeAt(index) >> 10 === 0x37;
}
