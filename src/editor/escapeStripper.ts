const ESC = '\x1b';
const BEL = '\x07';
const STRING_TERMINATOR = '\x9c';
const INTRODUCERS = new RegExp(`[${ESC}\x90\x98\x9b\x9d-\x9f]`, 'g');

/** Where in a sequence the text so far has ended. */
type State =
  | 'text'
  /** After ESC and perhaps intermediates. */
  | 'escape'
  /** Within a control sequence: parameters, then one final character. */
  | 'control'
  /** Within a string such as a window title or a link's target. */
  | 'string'
  /** After an ESC within a string: its end, or the start of the next sequence. */
  | 'stringEscape';

/**
 * Takes terminal escape sequences (ECMA-48) out of one stream of text, also where a sequence is
 * split over chunks. A sequence that is never finished ends at the end of its line: it cannot
 * swallow what is printed after it.
 */
export class EscapeStripper {
  #state: State = 'text';

  strip(text: string): string {
    let kept = '';
    let index = 0;
    while (index < text.length) {
      if (this.#state === 'text') {
        INTRODUCERS.lastIndex = index;
        const next = INTRODUCERS.exec(text)?.index ?? text.length;
        kept += text.slice(index, next);
        index = next;
        if (index < text.length) this.#state = introducedBy(text.charAt(index++));
      } else if (this.#takes(text.charAt(index))) {
        index++;
      }
    }
    return kept;
  }

  /** Moves on by one character; false if it is not part of the sequence, which is over then. */
  #takes(character: string): boolean {
    switch (this.#state) {
      case 'escape':
        if (isBetween(character, ' ', '/')) return true;
        if (character === '[') this.#state = 'control';
        else if (']PX^_'.includes(character)) this.#state = 'string';
        else return this.#end(isBetween(character, '0', '~'));
        return true;
      case 'control':
        return isBetween(character, ' ', '?') || this.#end(isBetween(character, '@', '~'));
      case 'string':
        if (character === ESC) this.#state = 'stringEscape';
        else if (character === BEL || character === STRING_TERMINATOR) this.#end(true);
        else if (isLineEnd(character)) return this.#end(false);
        return true;
      case 'stringEscape':
        if (character === '\\') return this.#end(true);
        this.#state = 'escape';
        return false;
      case 'text':
        return false;
    }
  }

  #end(taken: boolean): boolean {
    this.#state = 'text';
    return taken;
  }
}

function introducedBy(character: string): State {
  if (character === ESC) return 'escape';
  return character === '\x9b' ? 'control' : 'string';
}

function isBetween(character: string, first: string, last: string): boolean {
  return character >= first && character <= last;
}

function isLineEnd(character: string): boolean {
  return character === '\n' || character === '\r';
}
