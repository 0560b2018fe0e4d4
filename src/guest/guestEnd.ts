import { guestText } from '../protocol/guestText.js';
import type { GuestEnd } from '../protocol/messages.js';
import type { Unwind } from './unwind.js';

/** What `rt_call` returns beside the exit code. */
const STATUS = {
  code: 0xff,
  uncaught: 0x100,
  outOfMemory: 0x200,
  keyboardInterrupt: 0x400,
} as const;

/** How a program ended that came back from `rt_call`, by its status. */
export function endOfCall(status: number): GuestEnd {
  if (status < 0) {
    return { kind: 'failed', detail: guestText(`rt_call returned ${String(status)}`) };
  }
  return {
    kind: 'returned',
    exitCode: status & STATUS.code,
    uncaught: (status & STATUS.uncaught) !== 0,
    outOfMemory: (status & STATUS.outOfMemory) !== 0,
    keyboardInterrupt: (status & STATUS.keyboardInterrupt) !== 0,
  };
}

/** How a program ended that was unwound from the host's side. */
export function endOfUnwind({ reason }: Unwind): GuestEnd {
  switch (reason.kind) {
    case 'exit':
      return {
        kind: 'returned',
        exitCode: reason.code,
        uncaught: false,
        outOfMemory: false,
        keyboardInterrupt: false,
      };
    case 'abort':
      return { kind: 'aborted' };
    case 'outputLimit':
      return { kind: 'outputLimit' };
    case 'fuelLimit':
      return { kind: 'fuelLimit' };
  }
}
