import { guestText } from '../protocol/guestText.js';
import type { GuestEnd } from '../protocol/messages.js';

/** What an exception that came out of the guest says of how it ended. */
export function classifyTrap(error: unknown): GuestEnd {
  const detail = guestText(error instanceof Error ? error.message : String(error));
  // V8 and JavaScriptCore: RangeError; SpiderMonkey: InternalError "too much recursion".
  if (error instanceof RangeError || /recursion|call stack/i.test(detail)) {
    return { kind: 'trapped', trap: 'stackOverflow', detail };
  }
  if (/out of bounds/i.test(detail)) return { kind: 'trapped', trap: 'memoryAccess', detail };
  if (/unreachable/i.test(detail)) return { kind: 'trapped', trap: 'unreachable', detail };
  return { kind: 'trapped', trap: 'other', detail };
}
