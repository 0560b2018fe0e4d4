import type { DocumentSpan } from './documentSpan.js';
import type { Translate } from './translate.js';

const MAX_RANGES = 4;

/** The lines of the selections in words: `line 3`, `lines 3-7, 12`. Empty for none. */
export function spanLines(spans: readonly DocumentSpan[], translate: Translate): string {
  const ranges = spans.map(lineRange);
  const [only] = ranges;
  if (only === undefined) return '';
  if (ranges.length === 1 && !only.includes('-')) return translate('line {0}', only);
  const listed = ranges.slice(0, MAX_RANGES).join(', ');
  const more = ranges.length - MAX_RANGES;
  return more > 0
    ? translate('lines {0} and {1} more', listed, more)
    : translate('lines {0}', listed);
}

function lineRange({ start, end }: DocumentSpan): string {
  const first = start.line + 1;
  // A selection up to the start of a line does not reach into that line.
  const last = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
  return first === last ? String(first) : `${String(first)}-${String(last)}`;
}
