import type { Run, RunResult } from '../engine/run.js';
import type { ChannelWriter } from './channelWriter.js';
import { RunSection } from './runSection.js';
import type { Translate } from './translate.js';

/** What the log needs of a run. */
export type LoggedRun = Pick<Run, 'onOutput' | 'result'>;

/** Writes runs to the output channel, one section after the other in the order they were started. */
export class RunLog {
  readonly #writer: ChannelWriter;
  readonly #translate: Translate;
  #last: Promise<unknown> = Promise.resolve();

  constructor(writer: ChannelWriter, translate: Translate) {
    this.#writer = writer;
    this.#translate = translate;
  }

  /** Resolves when the run is over and all of its section has gone to the channel. */
  async follow(run: LoggedRun, title: string): Promise<RunResult> {
    const section = new RunSection(
      run,
      title,
      (text) => {
        this.#writer.write(text);
      },
      this.#translate,
    );
    const written = this.#write(section, run, this.#last);
    this.#last = written;
    const result = await written;
    await this.#writer.drained();
    return result;
  }

  async #write(section: RunSection, run: LoggedRun, before: Promise<unknown>): Promise<RunResult> {
    // A run that was stopped while it waited must not break into the section of the active one.
    await before;
    section.begin();
    const result = await run.result;
    section.end(result);
    return result;
  }
}
