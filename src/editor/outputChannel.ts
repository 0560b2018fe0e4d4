import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../common/disposable.js';
import { appendConfirmed } from './appendConfirmed.js';
import type { ChannelPacing } from './channelPacing.js';
import { ChannelWriter } from './channelWriter.js';

/** The output channel with the writer that feeds it. */
export class OutputChannel implements Disposable {
  readonly #store = new DisposableStore();
  readonly #channel = this.#store.add(vscode.window.createOutputChannel('Wasm Sandbox'));
  readonly writer: ChannelWriter;

  constructor(pacing: ChannelPacing) {
    const channel = this.#channel;
    const append = (text: string): Promise<void> => appendConfirmed(channel, text);
    this.writer = this.#store.add(new ChannelWriter(pacing === 'free' ? channel : { append }));
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
