import { expect } from 'chai';
import fc from 'fast-check';
import { OutputDecoder } from '../../src/engine/outputDecoder.js';
import type { OutputStream } from '../../src/protocol/messages.js';

describe('OutputDecoder', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('puts characters together at every split, whatever the other stream does in between', () => {
    const cut = fc.record({
      stream: fc.constantFrom<OutputStream>('stdout', 'stderr'),
      size: fc.integer({ min: 1, max: 5 }),
    });
    const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed());
    fc.assert(
      fc.property(text, text, fc.array(cut), (stdout, stderr, cuts) => {
        const left = { stdout: bytes(stdout), stderr: bytes(stderr) };
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
        expect(read).to.deep.equal({ stdout, stderr });
      }),
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
