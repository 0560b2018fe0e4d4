import { expect } from 'chai';
import fc from 'fast-check';
import { OutputDecoder } from '../../src/engine/outputDecoder.js';
import type { OutputStream } from '../../src/protocol/messages.js';

describe('OutputDecoder', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  const whole = (content: Uint8Array): string =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);

  /** A mark, characters of one to four bytes, and all that UTF-8 can be broken by. */
  const TRICKY = Uint8Array.from([
    ...bytes('\ufeffaü€😀\0'),
    ...[0xed, 0xa0, 0x80, 0xc0, 0xaf, 0xf8, 0x80, 0xe2, 0x82, 0x41, 0xf0, 0x9f, 0x98],
  ]);

  it('gives the same text at every split in three, whatever the other stream does in between', () => {
    for (let first = 0; first <= TRICKY.length; first++) {
      for (let second = first; second <= TRICKY.length; second++) {
        const decoder = new OutputDecoder();
        const text = { stdout: '', stderr: '' };
        const decode = (stream: OutputStream, from: number, to: number): void => {
          text[stream] += decoder.decode({ stream, bytes: TRICKY.subarray(from, to) });
        };
        // The other stream is cut elsewhere.
        decode('stdout', 0, first);
        decode('stderr', 0, second);
        decode('stdout', first, second);
        decode('stderr', second, TRICKY.length);
        decode('stdout', second, TRICKY.length);
        for (const stream of ['stdout', 'stderr'] as const) text[stream] += decoder.flush(stream);
        const expected = whole(TRICKY);
        expect(text).to.deep.equal({ stdout: expected, stderr: expected });
      }
    }
  });

  it('puts any bytes together at any split, whatever the other stream does in between', () => {
    const cut = fc.record({
      stream: fc.constantFrom<OutputStream>('stdout', 'stderr'),
      size: fc.integer({ min: 1, max: 5 }),
    });
    const content = fc.oneof(
      fc.string({ unit: 'binary' }).map(bytes),
      fc.uint8Array(),
      // What is nearly UTF-8.
      fc
        .array(fc.constantFrom(0x41, 0x80, 0xbf, 0xc3, 0xe2, 0xed, 0xa0, 0xf0, 0x9f, 0xff))
        .map((all) => Uint8Array.from(all)),
    );
    fc.assert(
      fc.property(content, content, fc.array(cut), (stdout, stderr, cuts) => {
        const left = { stdout, stderr };
        const read = { stdout: '', stderr: '' };
        const decoder = new OutputDecoder();
        const last: { stream: OutputStream; size: number }[] = [
          { stream: 'stdout', size: Infinity },
          { stream: 'stderr', size: Infinity },
        ];
        for (const { stream, size } of [...cuts, ...last]) {
          const chunk = left[stream].subarray(0, size);
          left[stream] = left[stream].subarray(chunk.length);
          read[stream] += decoder.decode({ stream, bytes: chunk });
        }
        for (const stream of ['stdout', 'stderr'] as const) read[stream] += decoder.flush(stream);
        expect(read).to.deep.equal({ stdout: whole(stdout), stderr: whole(stderr) });
      }),
      { numRuns: 500 },
    );
  });

  it('shows what is not UTF-8 as U+FFFD, and an unfinished character at the end', () => {
    const decoder = new OutputDecoder();
    expect(decoder.decode({ stream: 'stdout', bytes: Uint8Array.of(0xff, 0x61) })).to.equal(
      '\ufffda',
    );
    expect(decoder.decode({ stream: 'stdout', bytes: Uint8Array.of(0xe2, 0x82) })).to.equal('');
    expect(decoder.flush('stdout')).to.equal('\ufffd');
    expect(decoder.flush('stderr')).to.equal('');
  });
});
