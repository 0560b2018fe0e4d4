import { expect } from 'chai';
import fc from 'fast-check';
import type { FromWorker } from '../../src/protocol/messages.js';
import { parseFromWorker, ProtocolError } from '../../src/protocol/parseFromWorker.js';

const output = {
  kind: 'output',
  runId: 1,
  sequence: 0,
  chunks: [{ stream: 'stdout', bytes: Uint8Array.of(1) }],
};
const end = {
  kind: 'returned',
  exitCode: 0,
  uncaught: false,
  outOfMemory: false,
  keyboardInterrupt: false,
};
const ended = { kind: 'ended', runId: 1, end, memoryBytes: 65536, fuel: 3, durationMs: 1.5 };

describe('parseFromWorker', () => {
  it('takes the messages of the protocol, without what does not belong to them', () => {
    const messages: unknown[] = [
      { kind: 'ready' },
      output,
      ended,
      { ...ended, end: { kind: 'trapped', trap: 'unreachable', detail: 'x' } },
      { kind: 'report', runId: 1, report: 'value', bytes: Uint8Array.of(1) },
      { kind: 'broken', code: 'interpreter', detail: 'x' },
    ];
    for (const message of messages) {
      expect(parseFromWorker({ ...(message as object), extra: 1 })).to.deep.equal(message);
    }
  });

  const wrong: Record<string, unknown> = {
    nothing: undefined,
    null: null,
    'a list': [output],
    text: 'ready',
    'an unknown kind': { kind: 'exec' },
    'a negative run': { ...output, runId: -1 },
    'a fraction for a count': { ...ended, fuel: 0.5 },
    'infinite time': { ...ended, durationMs: Infinity },
    NaN: { ...ended, memoryBytes: NaN },
    'an exit code of 256': { ...ended, end: { ...end, exitCode: 256 } },
    'an unknown end': { ...ended, end: { kind: 'won' } },
    'an unknown trap': { ...ended, end: { kind: 'trapped', trap: 'x', detail: '' } },
    'an unknown stream': { ...output, chunks: [{ stream: 'stdin', bytes: Uint8Array.of(1) }] },
    'text for bytes': { ...output, chunks: [{ stream: 'stdout', bytes: 'x' }] },
    'shared bytes': {
      ...output,
      chunks: [{ stream: 'stdout', bytes: new Uint8Array(new SharedArrayBuffer(1)) }],
    },
    'output without chunks': { ...output, chunks: [] },
    'an empty chunk': { ...output, chunks: [{ stream: 'stdout', bytes: new Uint8Array() }] },
    'too many chunks': { ...output, chunks: Array(2000).fill(output.chunks[0]) },
    'a report too long': {
      kind: 'report',
      runId: 1,
      report: 'value',
      bytes: new Uint8Array(1 << 20),
    },
    "a failure code that is not the worker's": { kind: 'broken', code: 'disposed', detail: 'x' },
  };
  for (const [what, message] of Object.entries(wrong)) {
    it(`refuses ${what}`, () => {
      expect(() => parseFromWorker(message)).to.throw(ProtocolError);
    });
  }

  it('throws nothing but ProtocolError, and returns nothing but messages', () => {
    const kinds: FromWorker['kind'][] = ['ready', 'output', 'report', 'ended', 'broken'];
    const message = fc.record(
      {
        kind: fc.oneof(fc.constantFrom<string>(...kinds), fc.anything()),
        runId: fc.oneof(fc.nat(), fc.anything()),
        sequence: fc.oneof(fc.nat(), fc.anything()),
        chunks: fc.anything(),
        report: fc.oneof(fc.constant('value'), fc.anything()),
        bytes: fc.oneof(fc.uint8Array(), fc.anything()),
        end: fc.anything(),
        fuel: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(message, fc.anything()), (value) => {
        try {
          expect(parseFromWorker(value).kind).to.be.oneOf(kinds);
        } catch (error) {
          expect(error).to.be.instanceOf(ProtocolError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
