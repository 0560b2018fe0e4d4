import type { Disposable } from '../common/disposable.js';

/** Where text ends up; an output channel is one. */
export interface TextSink {
  append(text: string): void;
}

const PAUSE_MS = 30;
const MAX_PIECE_LENGTH = 256 * 1024;

/**
 * Passes text on in pieces of bounded size with a pause after each, so that a flood neither blocks
 * the extension host nor drowns the channel in small messages. The first piece after a rest goes
 * out at once.
 */
export class ChannelWriter implements Disposable {
  readonly #sink: TextSink;
  readonly #pieces: string[] = [];
  #waiters: (() => void)[] = [];
  #timer: TimerHandle | undefined;
  #isDisposed = false;

  constructor(sink: TextSink) {
    this.#sink = sink;
  }

  write(text: string): void {
    if (this.#isDisposed || text === '') return;
    this.#pieces.push(text);
    this.#timer ??= setTimeout(this.#flush, 0);
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
    if (this.#pieces.length === 0) {
      this.#timer = undefined;
      return;
    }
    this.#timer = setTimeout(this.#flush, PAUSE_MS);
    this.#sink.append(this.#takePiece());
    if (this.#pieces.length === 0) this.#release();
  };

  #takePiece(): string {
    let length = 0;
    let count = 0;
    while (count < this.#pieces.length && length < MAX_PIECE_LENGTH) {
      length += this.#pieces[count++]?.length ?? 0;
    }
    const text = this.#pieces.splice(0, count).join('');
    if (text.length <= MAX_PIECE_LENGTH) return text;
    const end = splitsPair(text, MAX_PIECE_LENGTH) ? MAX_PIECE_LENGTH - 1 : MAX_PIECE_LENGTH;
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
