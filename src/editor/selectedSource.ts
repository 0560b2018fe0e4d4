import type { DocumentSpan, DocumentText } from './documentSpan.js';

/**
 * The source text of one selection.
 *
 * A selection that starts after nothing but white space is taken from the start of its line, for it
 * was meant so. One that starts in the middle of a line keeps its column if it is a single line, by
 * spaces in place of what stands before it: a block may be indented as a whole. With more lines it
 * gets the indentation of its own line, so that the lines below still fit to it; columns on its
 * first line are off then.
 */
export function selectedSource(document: DocumentText, span: DocumentSpan): string {
  const before = document.lineText(span.start.line).slice(0, span.start.character);
  const text = document.spanText(span);
  if (before.trim() === '') return before + text;
  if (!/[\r\n]/.test(text.trimEnd())) return ' '.repeat(before.length) + text;
  return indentationOf(before) + text.trimStart();
}

function indentationOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}
