/** A place in a document: line and character from 0, characters in UTF-16 units. */
export interface DocumentPosition {
  readonly line: number;
  readonly character: number;
}

/** A stretch of a document; the end is exclusive and not before the start. */
export interface DocumentSpan {
  readonly start: DocumentPosition;
  readonly end: DocumentPosition;
}

/** What is read of a document. */
export interface DocumentText {
  /** A line's text without its line break. */
  lineText(line: number): string;
  spanText(span: DocumentSpan): string;
  wholeText(): string;
}
