import type { DocumentPosition, DocumentSpan } from './documentSpan.js';

/** The selections that hold anything, in document order, whatever the order they were made in. */
export function selectedSpans(selections: readonly DocumentSpan[]): readonly DocumentSpan[] {
  return selections
    .filter(({ start, end }) => compare(start, end) !== 0)
    .toSorted((one, other) => compare(one.start, other.start));
}

function compare(one: DocumentPosition, other: DocumentPosition): number {
  return one.line - other.line || one.character - other.character;
}
