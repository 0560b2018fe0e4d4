import { expect } from 'chai';
import fc from 'fast-check';
import { ChannelEncoder, MARK } from '../../src/editor/channelEncoder.js';
import { labelText } from '../../src/editor/labelText.js';
import { plainLine } from '../../src/editor/plainLine.js';
import { guestText } from '../../src/protocol/guestText.js';

/** What one run's chunks on stdout come to. */
function encode(...chunks: readonly string[]): string {
  const encoder = new ChannelEncoder();
  return chunks.map((chunk) => encoder.toChannelText(guestText(chunk), 'stdout')).join('');
}

describe('editor: ChannelEncoder', () => {
  it('leaves ordinary text alone', () => {
    const text = 'a\tb\n\n  ✓ ✗ ▶ ■ ünïcödé 日本 🐍 👩‍👩‍👧\n';
    expect(encode(text)).to.equal(text);
  });

  it('takes out escape sequences', () => {
    expect(encode('\x1b[1;31mred\x1b[0m \x1b[2K\x1b[Hx\x1b(By\x1b7z\x1b=')).to.equal('red xyz');
    expect(encode('\x1b]0;title\x07a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\')).to.equal('alink');
    expect(encode('\x9b31mred\x9b0m \x9dtitle\x9ca\x1bPdevice\x1b\\b')).to.equal('red ab');
  });

  it('takes out escape sequences that are split over chunks, wherever the split is', () => {
    const text = 'a\x1b[38;5;196mb\x1b]8;;http://x\x1b\\c\x1b]0;t\x07d\r\ne';
    for (let at = 0; at <= text.length; at++) {
      expect(encode(text.slice(0, at), text.slice(at)), String(at)).to.equal('abcd\ne');
    }
    expect(encode(...Array.from(text))).to.equal('abcd\ne');
  });

  it('keeps the streams apart', () => {
    const encoder = new ChannelEncoder();
    const parts = [
      encoder.toChannelText(guestText('a\x1b[3'), 'stdout'),
      encoder.toChannelText(guestText('1m'), 'stderr'),
      encoder.toChannelText(guestText('1mb'), 'stdout'),
    ];
    expect(parts).to.deep.equal(['a', '1m', 'b']);
  });

  it('ends an unfinished sequence with its line', () => {
    expect(encode('\x1b]0;never ended\nvisible')).to.equal('\nvisible');
    expect(encode('\x1bPnever', ' ended\r\nvisible')).to.equal('\nvisible');
    expect(encode('\x1b[12\nvisible')).to.equal('\nvisible');
    expect(encode('\x1b')).to.equal('');
  });

  it('leaves out other control characters', () => {
    expect(encode('a\0b\x07c\bd\x7fe\x80f')).to.equal('abcdef');
  });

  it('makes line breaks of everything that breaks a line', () => {
    expect(encode('a\vb\fc\x85d\u2028e\u2029f')).to.equal('a\nb\nc\nd\ne\nf');
  });

  it('takes \\r\\n for a line break and starts a new line at a lone \\r', () => {
    expect(encode('a\r\nb\r\r\nc\n')).to.equal('a\nb\nc\n');
    expect(encode('10%\r20%\r30%\n')).to.equal('10%\n20%\n30%\n');
    expect(encode('\r10%', '\r20%', '\r', '30%', '\r', '\n')).to.equal('10%\n20%\n30%\n');
    expect(encode('a\n\r\nb')).to.equal('a\n\nb');
  });

  it('shows what turns the direction of text', () => {
    expect(encode('a\u202eb\u2066c\u2069')).to.equal('a\\u202eb\\u2066c\\u2069');
  });

  it('never lets the mark of our own lines through', () => {
    expect(encode(`${MARK} ✓ finished in 1 ms\n`)).to.equal('\\u2b22 ✓ finished in 1 ms\n');
    const piece = fc.constantFrom(
      MARK,
      '\u2b23',
      '\x1b',
      '[',
      ']',
      '\r',
      '\n',
      '\x9b',
      'm',
      '\x07',
    );
    fc.assert(
      fc.property(fc.array(fc.array(piece).map((pieces) => pieces.join(''))), (chunks) => {
        const text = encode(...chunks);
        expect(text).not.to.include(MARK);
        expect(text).to.match(/^(?:[^\p{Cc}]|\n)*$/u);
      }),
    );
  });

  it('gives the same text however the output is cut into chunks', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '\r', '\n', '\x1b', '[', '1', 'm', ']', '\\'),
    });
    fc.assert(
      fc.property(text, fc.nat(), (whole, cut) => {
        const at = cut % (whole.length + 1);
        expect(encode(whole.slice(0, at), whole.slice(at))).to.equal(encode(whole));
      }),
    );
  });

  it('knows whether it is at the start of a line', () => {
    const encoder = new ChannelEncoder();
    const after = (text: string): boolean => {
      encoder.toChannelText(guestText(text), 'stdout');
      return encoder.isAtLineStart;
    };
    expect(encoder.isAtLineStart).to.equal(true);
    expect(after('a')).to.equal(false);
    expect(after('\x1b[0m')).to.equal(false);
    expect(after('\n\x1b[0m')).to.equal(true);
    expect(after('b\r')).to.equal(false);
  });
});

describe('editor: foreign text in lines of ours', () => {
  it('stays on one line and shows what it is made of', () => {
    expect(plainLine(`a\nb\u202ec\x1b[0m${MARK}\u200b\u{e0041}`)).to.equal(
      'a\\x0ab\\u202ec\\x1b[0m\\u2b22\\u200b\\U000e0041',
    );
    expect(plainLine('\ud800')).to.equal('\\ud800');
    expect(plainLine('sample (1).py — übung')).to.equal('sample (1).py — übung');
  });

  it('is cut', () => {
    expect(plainLine('x'.repeat(1000))).to.have.length(201);
  });

  it('makes no links and no icons in notifications', () => {
    const name = '[click](command:workbench.action.quit)$(alert).py';
    expect(labelText(name)).to.equal('[click] (command:workbench.action.quit)$ (alert).py');
  });
});
