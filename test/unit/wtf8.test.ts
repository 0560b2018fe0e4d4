import { expect } from 'chai';
import fc from 'fast-check';
import { encodeWtf8 } from '../../src/engine/wtf8.js';

describe('encodeWtf8', () => {
  it('is UTF-8 for well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(text.isWellFormed());
        expect(encodeWtf8(text)).to.deep.equal(new TextEncoder().encode(text));
      }),
    );
  });

  it('keeps lone surrogates as three bytes, and pairs as four', () => {
    expect([...encodeWtf8('a\ud800b')]).to.deep.equal([0x61, 0xed, 0xa0, 0x80, 0x62]);
    expect([...encodeWtf8('\udfff')]).to.deep.equal([0xed, 0xbf, 0xbf]);
    expect([...encodeWtf8('\ud800\ud83d\udc0d')]).to.deep.equal([
      0xed, 0xa0, 0x80, 0xf0, 0x9f, 0x90, 0x8d,
    ]);
  });
});
