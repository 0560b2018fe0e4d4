import { expect } from 'chai';
import fc from 'fast-check';
import type { FromWorker } from '../../src/protocol/messages.js';
import { parseFromWorker, ProtocolError } from '../../src/protocol/parseFromWorker.js';
import { hostileValue, mutated } from '../support/hostileValues.js';
import { validMessage } from '../support/validMessage.js';

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

  it('refuses a list with holes, as its length and its methods can lie', () => {
    const holes = { ...output, chunks: Array(1) };
    expect(() => parseFromWorker(holes)).to.throw(ProtocolError);
    expect(() => parseFromWorker(structuredClone(holes))).to.throw(ProtocolError);
    const refusals = { calls: Array(5), omitted: 0 };
    expect(() => parseFromWorker({ kind: 'refused', runId: 1, refusals })).to.throw(ProtocolError);
  });

  it('keeps nothing of a great buffer but the bytes that were named', () => {
    const bytes = new Uint8Array(new ArrayBuffer(1 << 20), 100, 3);
    const parsed = parseFromWorker({ ...output, chunks: [{ stream: 'stdout', bytes }] });
    expect(parsed.kind === 'output' && parsed.chunks[0]?.bytes.buffer.byteLength).to.equal(3);
  });

  it('refuses text that is too long, rather than to keep all of it for a part', () => {
    const long = 'x'.repeat(4097);
    for (const end of [
      { kind: 'trapped', trap: 'other', detail: long },
      { kind: 'failed', detail: long },
    ]) {
      expect(() => parseFromWorker({ ...ended, end })).to.throw(ProtocolError);
    }
    const call = { seenBy: 'wasi', operation: 'open', target: 'x'.repeat(257), errno: 2, count: 1 };
    const refusals = { calls: [call], omitted: 0 };
    expect(() => parseFromWorker({ kind: 'refused', runId: 1, refusals })).to.throw(ProtocolError);
  });

  it('takes every message of the protocol, and makes it anew', () => {
    fc.assert(
      fc.property(validMessage(fc.nat()), (valid) => {
        const message = structuredClone(valid);
        const parsed = parseFromWorker(message);
        expect(parsed).to.deep.equal(valid);
        expectMadeAnew(parsed, message);
        // Nothing that happens to the original reaches it.
        scramble(message);
        expect(parsed).to.deep.equal(valid);
      }),
      { numRuns: 500 },
    );
  });

  it('throws ProtocolError on anything else, whichever field of a message it is, or gives a message', () => {
    const anything = fc.oneof(
      { weight: 8, arbitrary: validMessage(fc.nat()).chain(mutated) },
      { weight: 1, arbitrary: hostileValue },
    );
    fc.assert(
      fc.property(anything, (make) => {
        const value = make();
        let parsed: FromWorker;
        try {
          parsed = parseFromWorker(value);
        } catch (error) {
          expect(ProtocolError.is(error)).to.equal(true);
          return;
        }
        // Structured cloning takes plain values alone: what it gives is what was there.
        expect(structuredClone(parsed)).to.deep.equal(parsed);
        expectMadeAnew(parsed, value);
        // Read again, it is the same message: nothing was let through that is not one.
        expect(parseFromWorker(parsed)).to.deep.equal(parsed);
      }),
      { numRuns: 5000 },
    );
  });
});

/** All objects of a message are plain, have plain fields, and are not those of the original. */
function expectMadeAnew(parsed: unknown, original: unknown): void {
  const theirs = new Set(objectsOf(original));
  for (const object of objectsOf(parsed)) {
    expect(theirs.has(object)).to.equal(false);
    const prototypes = [Object, Array, Uint8Array, ArrayBuffer].map(
      (one) => one.prototype as object,
    );
    expect(prototypes.includes(Object.getPrototypeOf(object) as object)).to.equal(true);
    if (object instanceof Uint8Array) {
      expect(object.buffer.byteLength).to.equal(object.length);
      continue;
    }
    for (const field of Object.values(Object.getOwnPropertyDescriptors(object))) {
      expect(field).to.have.property('value');
    }
    if (Array.isArray(object)) expect(Object.keys(object).length).to.equal(object.length);
  }
}

/** All objects that can be reached by reading fields that do nothing when they are read. */
function objectsOf(root: unknown, found = new Set<object>()): ReadonlySet<object> {
  if (typeof root !== 'object' || root === null || found.has(root)) return found;
  try {
    found.add(root);
    if (ArrayBuffer.isView(root)) return found.add(root.buffer);
    for (const field of Object.values(Object.getOwnPropertyDescriptors(root))) {
      objectsOf(field.value, found);
    }
  } catch {
    // A proxy that does not let itself be looked at.
  }
  return found;
}

/** Changes all there is of a message. */
function scramble(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Uint8Array) {
    value.fill(99);
    return;
  }
  for (const [key, one] of Object.entries(value)) {
    scramble(one);
    (value as Record<string, unknown>)[key] = 'scrambled';
  }
}
