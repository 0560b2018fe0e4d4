import { guestText } from '../protocol/guestText.js';
import {
  MAX_REFUSED_CALLS,
  MAX_REFUSED_TEXT,
  type RefusedCall,
  type Refusals,
} from '../protocol/refusedCall.js';

type Source = RefusedCall['seenBy'];
type Entry = RefusedCall & { count: number };

/**
 * Counts what was refused to a program. Each source has room of its own, so that nothing that the
 * guest reports can crowd out what the wall saw.
 */
export class RefusalLog {
  readonly #entries = new Map<string, Entry>();
  readonly #room: Record<Source, number> = { wasi: MAX_REFUSED_CALLS, guest: MAX_REFUSED_CALLS };
  #omitted = 0;
  #onNew: (() => void) | null = null;

  /** The program starts: only what is refused from now on is its own. */
  begin(onNew: () => void): void {
    this.#onNew = onNew;
  }

  /** @param target shortened if it is too long. @param errno as WASI numbers it. */
  note(seenBy: Source, operation: string, target: string, errno: number | null): void {
    if (this.#onNew === null) return;
    const call = { operation: shorten(operation), target: shorten(target), errno };
    const key = [seenBy, String(errno), call.operation, call.target].join('\0');
    const known = this.#entries.get(key);
    if (known !== undefined) {
      known.count++;
    } else if (this.#room[seenBy] === 0) {
      this.#omitted++;
    } else {
      this.#room[seenBy]--;
      this.#entries.set(key, {
        seenBy,
        operation: guestText(call.operation),
        target: guestText(call.target),
        errno,
        count: 1,
      });
      this.#onNew();
    }
  }

  get refusals(): Refusals {
    return {
      calls: [...this.#entries.values()].map((entry) => ({ ...entry })),
      omitted: this.#omitted,
    };
  }
}

function shorten(text: string): string {
  return text.length <= MAX_REFUSED_TEXT ? text : `${text.slice(0, MAX_REFUSED_TEXT - 1)}…`;
}
