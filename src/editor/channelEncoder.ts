import type { GuestText } from '../protocol/guestText.js';
import type { OutputStream } from '../protocol/messages.js';
import { EscapeStripper } from './escapeStripper.js';
import { visibleEscape } from '../common/visibleEscape.js';

/**
 * Starts every line of ours in the output channel. The encoder lets no guest text have it, at any
 * place, so what a program prints can imitate the words of a header or footer but never pass for
 * one. It is a character that programs hardly ever print; ticks and arrows stay theirs.
 */
export const MARK = '\u2b22';

// Its lookalike too. Beyond these: controls, line separators, and what turns the direction of text.
const SPECIAL = /(?![\t\n\r])[\p{Cc}\u2028-\u202e\u2066-\u2069\u2b22\u2b23]/gu;
const LINE_BREAKS = '\v\f\x85\u2028\u2029';

/**
 * The one way for a run's output into the output channel, a plain-text document. Escape sequences
 * and control characters are left out, tabs and line breaks stay, characters that change the
 * direction of text or imitate our mark are shown as escapes. A lone carriage return starts a new
 * line: what a document shows cannot be taken back, and nothing that was printed gets lost.
 * One encoder serves one run.
 */
export class ChannelEncoder {
  readonly #strippers: Record<OutputStream, EscapeStripper> = {
    stdout: new EscapeStripper(),
    stderr: new EscapeStripper(),
  };
  #returnIsPending = false;
  #isAtLineStart = true;

  /** Whether what comes next starts a line. */
  get isAtLineStart(): boolean {
    return this.#isAtLineStart;
  }

  toChannelText(text: GuestText, stream: OutputStream): string {
    return this.#breakLines(this.#strippers[stream].strip(text).replace(SPECIAL, encodeSpecial));
  }

  #breakLines(text: string): string {
    if (text === '') return '';
    const held = this.#returnIsPending ? `\r${text}` : text;
    // A return at the very end may be half of \r\n: the next chunk tells.
    const complete = held.replace(/\r+$/, '');
    this.#returnIsPending = complete.length < held.length;
    const broken = complete.replace(/\r+\n?/g, (match, offset: number) => {
      const startsLine = offset === 0 ? this.#isAtLineStart : complete[offset - 1] === '\n';
      return match.endsWith('\n') || !startsLine ? '\n' : '';
    });
    if (broken !== '') this.#isAtLineStart = broken.endsWith('\n');
    return broken;
  }
}

function encodeSpecial(character: string): string {
  if (LINE_BREAKS.includes(character)) return '\n';
  return /\p{Cc}/u.test(character) ? '' : visibleEscape(character);
}
