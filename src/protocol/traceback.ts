import type { GuestText } from './guestText.js';

/** A place in source text: lines from 1, columns from 0 in characters; a span's end is exclusive. */
export interface SourceSpan {
  readonly file: GuestText;
  readonly line: number;
  readonly endLine: number | null;
  readonly column: number | null;
  readonly endColumn: number | null;
}

/** One frame of a traceback, outermost first. */
export interface TracebackFrame extends SourceSpan {
  /** The function's name, `<module>` at the top level. */
  readonly name: GuestText;
}

/** An uncaught exception, as the interpreter reports it in structured form. */
export interface Traceback {
  readonly type: GuestText;
  readonly module: GuestText;
  readonly message: GuestText;
  readonly notes: readonly GuestText[];
  readonly frames: readonly TracebackFrame[];
  /** Where a SyntaxError points to; null for other exceptions. */
  readonly syntax: SourceSpan | null;
  readonly cause: Traceback | null;
  readonly context: Traceback | null;
  readonly suppressContext: boolean;
  /** The members of an exception group; empty for other exceptions. */
  readonly exceptions: readonly Traceback[];
}
