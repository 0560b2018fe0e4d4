import type { Program } from '../engine/program.js';
import { encodeWtf8 } from '../engine/wtf8.js';
import type { DocumentSpan, DocumentText } from './documentSpan.js';
import { selectedSource } from './selectedSource.js';

/** When the value of the last expression is shown, as in `wasmSandbox.output.showLastExpression`. */
export type ShowLastExpression = 'selections' | 'always' | 'never';

/**
 * The program that a document's selections make, or the whole document where there are none.
 * Lines count as in the document.
 */
export function documentProgram(
  name: string,
  document: DocumentText,
  spans: readonly DocumentSpan[],
  show: ShowLastExpression,
): Program {
  const blocks = spans.map((span) => ({
    source: encodeWtf8(selectedSource(document, span)),
    firstLine: span.start.line + 1,
    mayBeIndented: true,
  }));
  const whole = { source: encodeWtf8(document.wholeText()), firstLine: 1, mayBeIndented: false };
  return {
    name,
    blocks: blocks.length > 0 ? blocks : [whole],
    encoding: 'text',
    displayLastExpression: show === 'always' || (show === 'selections' && blocks.length > 0),
  };
}
