import { expect } from 'chai';
import { documentName } from '../../src/editor/documentName.js';
import { documentProgram } from '../../src/editor/documentProgram.js';
import type { DocumentSpan, DocumentText } from '../../src/editor/documentSpan.js';
import { selectedSource } from '../../src/editor/selectedSource.js';
import { selectedSpans } from '../../src/editor/selectedSpans.js';
import { spanLines } from '../../src/editor/spanLines.js';
import { translate } from './editorTranslate.js';

function textOf(lines: readonly string[]): DocumentText {
  return {
    lineText: (line) => lines[line] ?? '',
    spanText: ({ start, end }) => {
      const covered = lines.slice(start.line, end.line + 1);
      covered[covered.length - 1] = (lines[end.line] ?? '').slice(0, end.character);
      covered[0] = (covered[0] ?? '').slice(start.character);
      return covered.join('\n');
    },
    wholeText: () => lines.join('\n'),
  };
}

function span(
  line: number,
  character: number,
  endLine: number,
  endCharacter: number,
): DocumentSpan {
  return { start: { line, character }, end: { line: endLine, character: endCharacter } };
}

const DOCUMENT = ['import os', 'def f():', '    x = 1; y = 2', '    return x', '', 'f()'];
const source = (selection: DocumentSpan): string => selectedSource(textOf(DOCUMENT), selection);

describe('editor: what of a document runs', () => {
  it('takes the selections that are not empty, in document order', () => {
    const first = span(0, 0, 0, 9);
    const second = span(0, 9, 1, 3);
    const third = span(5, 0, 5, 3);
    expect(selectedSpans([third, span(2, 2, 2, 2), second, first])).to.deep.equal([
      first,
      second,
      third,
    ]);
    expect(selectedSpans([span(3, 1, 3, 1)])).to.deep.equal([]);
  });

  it('extends a selection over the white space before it', () => {
    expect(source(span(2, 4, 3, 12))).to.equal('    x = 1; y = 2\n    return x');
    expect(source(span(3, 2, 3, 12))).to.equal('    return x');
    expect(source(span(3, 0, 3, 12))).to.equal('    return x');
  });

  it('keeps the column of a single line that starts in the middle', () => {
    expect(source(span(2, 11, 2, 16))).to.equal(' '.repeat(11) + 'y = 2');
    expect(source(span(2, 11, 3, 0))).to.equal(' '.repeat(11) + 'y = 2\n');
  });

  it('gives lines that start in the middle the indentation of their line', () => {
    expect(source(span(2, 10, 3, 12))).to.equal('    y = 2\n    return x');
    expect(source(span(1, 4, 2, 9))).to.equal('f():\n    x = 1');
  });

  it('makes one block of each selection, with its place', () => {
    const program = documentProgram(
      'a.py',
      textOf(DOCUMENT),
      [span(0, 0, 0, 9), span(5, 0, 5, 3)],
      'selections',
    );
    const blocks = program.blocks.map((block) => ({
      ...block,
      source: new TextDecoder().decode(block.source),
    }));
    expect(blocks).to.deep.equal([
      { source: 'import os', firstLine: 1, mayBeIndented: true },
      { source: 'f()', firstLine: 6, mayBeIndented: true },
    ]);
    expect(program).to.include({ name: 'a.py', encoding: 'text', displayLastExpression: true });
  });

  it('makes one block of the whole document without selections', () => {
    const program = documentProgram('a.py', textOf(DOCUMENT), [], 'selections');
    expect(program.blocks).to.deep.equal([
      { source: new TextEncoder().encode(DOCUMENT.join('\n')), firstLine: 1, mayBeIndented: false },
    ]);
  });

  it('shows the last expression as the setting says', () => {
    const shows = (spans: readonly DocumentSpan[]): readonly boolean[] =>
      (['selections', 'always', 'never'] as const).map(
        (show) => documentProgram('a.py', textOf(DOCUMENT), spans, show).displayLastExpression,
      );
    expect(shows([])).to.deep.equal([false, true, false]);
    expect(shows([span(5, 0, 5, 3)])).to.deep.equal([true, true, false]);
  });

  it('keeps lone surrogates for Python to judge', () => {
    const { blocks } = documentProgram('a.py', textOf(["'\ud800'"]), [], 'never');
    expect(blocks[0]?.source).to.deep.equal(Uint8Array.of(0x27, 0xed, 0xa0, 0x80, 0x27));
  });

  it('names the document', () => {
    expect(documentName('/home/me/sample.py')).to.equal('sample.py');
    expect(documentName('Untitled-1')).to.equal('Untitled-1');
    expect(documentName('/')).to.equal('untitled');
  });

  it('names the lines', () => {
    const lines = (...spans: readonly DocumentSpan[]): string => spanLines(spans, translate);
    expect(lines()).to.equal('');
    expect(lines(span(2, 0, 2, 5))).to.equal('line 3');
    expect(lines(span(2, 0, 3, 0))).to.equal('line 3');
    expect(lines(span(2, 4, 6, 1))).to.equal('lines 3-7');
    expect(lines(span(2, 4, 6, 1), span(11, 0, 11, 2))).to.equal('lines 3-7, 12');
    const many = [0, 2, 4, 6, 8, 10].map((line) => span(line, 0, line, 1));
    expect(lines(...many)).to.equal('lines 1, 3, 5, 7 and 2 more');
  });
});
