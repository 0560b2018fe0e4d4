import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../common/disposable.js';
import { appendConfirmed } from './appendConfirmed.js';
import type { ChannelPacing } from './channelPacing.js';
import { ChannelWriter } from './channelWriter.js';

/** Greater than usual, for each piece takes VS Code as long as any other. */
const CONFIRMED_PIECE_LENGTH = 1024 * 1024;

/** The output channel with the writer that feeds it. */
export class OutputChannel implements Disposable {
  readonly #store = new DisposableStore();
  readonly #channel = this.#store.add(vscode.window.createOutputChannel('Wasm Sandbox'));
  readonly writer: ChannelWriter;

  constructor(pacing: ChannelPacing) {
    const channel = this.#channel;
    const append = (text: string): Promise<void> => appendConfirmed(channel, text);
    this.writer = this.#store.add(
      pacing === 'free'
        ? new ChannelWriter(channel)
        : new ChannelWriter({ append }, CONFIRMED_PIECE_LENGTH),
    );
  }

  /** Brings it into view and leaves the focus where it is. */
  show(): void {
    this.#channel.show(true);
  }

  /** Empties it, of what is still on its way to it, too. */
  clear(): void {
    this.writer.clear();
    this.#channel.clear();
  }

  dispose(): void {
    this.#store.dispose();
  }
}
