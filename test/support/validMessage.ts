import fc from 'fast-check';
import type { FromWorker, GuestEnd } from '../../src/protocol/messages.js';
import { guestText } from '../../src/protocol/guestText.js';
import type { RefusedCall } from '../../src/protocol/refusedCall.js';

const text = (maxLength: number): fc.Arbitrary<ReturnType<typeof guestText>> =>
  fc.string({ unit: 'binary', maxLength }).map((value) => guestText(value.slice(0, maxLength)));
const count = fc.oneof(fc.nat(1000), fc.maxSafeNat());

export const guestEnd: fc.Arbitrary<GuestEnd> = fc.oneof(
  fc.record({
    kind: fc.constant('returned' as const),
    exitCode: fc.nat(255),
    uncaught: fc.boolean(),
    outOfMemory: fc.boolean(),
    keyboardInterrupt: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('trapped' as const),
    trap: fc.constantFrom('stackOverflow', 'memoryAccess', 'unreachable', 'other'),
    detail: text(40),
  }),
  fc.constantFrom<GuestEnd>({ kind: 'outputLimit' }, { kind: 'fuelLimit' }, { kind: 'aborted' }),
  fc.record({ kind: fc.constant('failed' as const), detail: text(40) }),
);

const refusedCall: fc.Arbitrary<RefusedCall> = fc.record({
  seenBy: fc.constantFrom('wasi', 'guest'),
  operation: text(20),
  target: text(256),
  errno: fc.option(fc.nat(76)),
  count,
});

/**
 * Messages as the protocol has them, of every kind.
 * @param runId of the run that they claim to be of.
 */
export function validMessage(runId: fc.Arbitrary<number>): fc.Arbitrary<FromWorker> {
  return fc.oneof(
    fc.constant<FromWorker>({ kind: 'ready' }),
    fc.record({
      kind: fc.constant('output' as const),
      runId,
      sequence: fc.oneof(fc.constant(0), count),
      chunks: fc.array(
        fc.record({
          stream: fc.constantFrom('stdout', 'stderr'),
          bytes: fc.uint8Array({ minLength: 1, maxLength: 20 }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    }),
    fc.record({
      kind: fc.constant('report' as const),
      runId,
      report: fc.constantFrom('exception', 'value'),
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 20 }),
        fc.json().map((json) => new TextEncoder().encode(json)),
      ),
    }),
    fc.record({
      kind: fc.constant('refused' as const),
      runId,
      refusals: fc.record({ calls: fc.array(refusedCall, { maxLength: 3 }), omitted: count }),
    }),
    fc.record({
      kind: fc.constant('ended' as const),
      runId,
      end: guestEnd,
      memoryBytes: count,
      fuel: count,
      durationMs: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
    }),
    fc.record({
      kind: fc.constant('broken' as const),
      code: fc.constantFrom('runtimeCorrupt', 'interpreter'),
      detail: text(40),
    }),
  );
}
