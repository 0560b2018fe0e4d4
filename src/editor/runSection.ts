import { OutputDecoder } from '../engine/outputDecoder.js';
import type { Run, RunResult } from '../engine/run.js';
import type { GuestText } from '../protocol/guestText.js';
import type { OutputStream } from '../protocol/messages.js';
import { ChannelEncoder, MARK } from './channelEncoder.js';
import { clockTime } from './clockTime.js';
import { outcomeText } from './outcomeText.js';
import { plainLine } from './plainLine.js';
import { refusalText } from './refusalText.js';
import type { Translate } from './translate.js';

const STREAMS: readonly OutputStream[] = ['stdout', 'stderr'];

/** What a section needs of its run. */
export type SectionRun = Pick<Run, 'onOutput'>;

/** One run in the output channel: a header, the output as it comes, a footer. */
export class RunSection {
  readonly #decoder = new OutputDecoder();
  readonly #encoder = new ChannelEncoder();
  readonly #title: string;
  readonly #write: (text: string) => void;
  readonly #translate: Translate;
  #hasBegun = false;

  /** @param title what runs, for the header: the document's name and the lines. */
  constructor(run: SectionRun, title: string, write: (text: string) => void, translate: Translate) {
    this.#title = title;
    this.#write = write;
    this.#translate = translate;
    // Unsubscribes itself: a run drops its listeners when it is over.
    run.onOutput((chunk) => {
      this.begin();
      this.#writeGuest(this.#decoder.decode(chunk), chunk.stream);
    });
  }

  /** Writes the header, once. */
  begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.#write(`${MARK} ▶ ${plainLine(this.#title)} · ${clockTime(new Date())}\n`);
  }

  /**
   * Writes what is left of the output, and the footer. The last expression's value is part of the
   * output: the interpreter prints it.
   */
  end(result: RunResult): void {
    this.begin();
    for (const stream of STREAMS) this.#writeGuest(this.#decoder.flush(stream), stream);
    if (!this.#encoder.isAtLineStart) this.#write('\n');
    this.#write(`${MARK} ${outcomeText(result, this.#translate)}\n`);
    const { outcome } = result;
    if ((outcome.kind === 'failed' || outcome.kind === 'trapped') && outcome.detail !== '') {
      this.#write(`${MARK}   ${plainLine(outcome.detail)}\n`);
    }
    const refused = refusalText(result.refusals, this.#translate);
    if (refused !== null) this.#write(`${MARK}   ${refused}\n`);
    this.#write('\n');
  }

  #writeGuest(text: GuestText, stream: OutputStream): void {
    this.#write(this.#encoder.toChannelText(text, stream));
  }
}
