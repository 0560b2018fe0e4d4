import type { GuestText } from './guestText.js';

/** Something that the program asked for and did not get. */
export interface RefusedCall {
  /**
   * `wasi`: the call reached the wall, the imports that the guest's side serves. `guest`: it never
   * came that far, and Python's own side reports it; a program can forge or suppress these.
   */
  readonly seenBy: 'wasi' | 'guest';
  /** POSIX's name where there is one: `open`, `mkdir`, `connect`. */
  readonly operation: GuestText;
  /** The path, address, command or module that it was aimed at; empty if there is none. */
  readonly target: GuestText;
  /** The error as WASI numbers it; null if the program got no errno. */
  readonly errno: number | null;
  /** How often. */
  readonly count: number;
}

/** What was refused in one run, in the order in which it first happened. */
export interface Refusals {
  readonly calls: readonly RefusedCall[];
  /** Calls that are not among them, because there were too many different ones. */
  readonly omitted: number;
}

export const NO_REFUSALS: Refusals = { calls: [], omitted: 0 };

/** As many different calls as are kept of each of the two sources. */
export const MAX_REFUSED_CALLS = 64;
/** The longest operation or target, in UTF-16 units. */
export const MAX_REFUSED_TEXT = 256;
