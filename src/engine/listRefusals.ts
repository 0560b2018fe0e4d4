import type { GuestText } from '../protocol/guestText.js';
import type { RefusedCall, Refusals } from '../protocol/refusedCall.js';

/** As many as a line takes before it counts the rest. */
const MAX_SHOWN = 8;

/** What was refused, ready for a line: `open /etc/passwd (1), stat /root (2)`. */
export interface RefusalList {
  /** What the wall saw; empty if nothing. */
  readonly wall: string;
  /** What Python's own side reported; empty if nothing. */
  readonly reported: string;
  /** Calls that neither names. */
  readonly more: number;
}

/** @param encode makes the program's text fit for the place that the line goes to. */
export function listRefusals(
  { calls, omitted }: Refusals,
  encode: (text: GuestText) => string,
): RefusalList {
  let more = omitted;
  const list = (seenBy: RefusedCall['seenBy']): string => {
    const seen = calls.filter((call) => call.seenBy === seenBy);
    for (const { count } of seen.slice(MAX_SHOWN)) more += count;
    return seen
      .slice(0, MAX_SHOWN)
      .map(({ operation, target, count }) => {
        const words = target === '' ? encode(operation) : `${encode(operation)} ${encode(target)}`;
        return `${words} (${String(count)})`;
      })
      .join(', ');
  };
  return { wall: list('wasi'), reported: list('guest'), more };
}
