import fc from 'fast-check';
import { IMPORTS, type ImportSpec, type Role } from './imports.js';
import { LAYOUT } from './machineWat.js';

/** Bytes that are put into an arena before a call. */
export interface Poke {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** One call, with what the memory holds when it is made. */
export interface HostileCall {
  readonly spec: ImportSpec;
  readonly filler: number;
  readonly pokes: readonly Poke[];
  readonly args: readonly (number | bigint)[];
}

/** The descriptor that the audit uses: no call may close it or put another in its place. */
export const AUDIT_DESCRIPTOR = 12;

interface Given {
  readonly args: readonly (number | bigint)[];
  readonly pokes: readonly Poke[];
}

const END = LAYOUT.memoryBytes;
const given = (...args: readonly (number | bigint)[]): Given => ({ args, pokes: [] });

const extreme32 = fc.oneof(
  fc.constantFrom(0, 1, 2, 7, 8, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff),
  fc.nat(0xffff_ffff),
);
const extreme64 = fc.oneof(
  fc.constantFrom(0n, 1n, 100n, -1n, -8n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n - 1n),
  fc.constant(-(2n ** 63n)),
  fc.bigInt({ min: 0n, max: 200_000n }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
);
/** Few enough to meet: results in the input, buffers in their own vectors. */
const meeting = fc.constantFrom(0, 4, 8, 12, 16, 24, 40, 48, 64, LAYOUT.highArena, END - 64);
const address = fc.oneof(
  { weight: 6, arbitrary: meeting },
  { weight: 4, arbitrary: fc.nat(LAYOUT.arenaBytes - 1024) },
  { weight: 2, arbitrary: fc.nat(LAYOUT.arenaBytes - 1).map((at) => LAYOUT.highArena + at) },
  { weight: 1, arbitrary: fc.integer({ min: END - 65, max: END + 65 }) },
  { weight: 1, arbitrary: extreme32 },
);
/** Where something can be put that a call is to find. */
const placed = fc.oneof(
  meeting.filter((at) => at < END - 64),
  fc.nat(LAYOUT.arenaBytes - 8192),
);
const length = fc.oneof(
  { weight: 4, arbitrary: fc.nat(80) },
  { weight: 2, arbitrary: fc.nat(LAYOUT.arenaBytes) },
  { weight: 1, arbitrary: extreme32 },
);
const span = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(address, length) },
  { weight: 6, arbitrary: fc.tuple(placed, fc.nat(200)) },
  // To the end of the memory, exactly or by a byte too much.
  fc
    .tuple(fc.integer({ min: LAYOUT.highArena, max: END }), fc.constantFrom(-1, 0, 1))
    .map(([at, more]): [number, number] => [at, Math.max(0, END - at + more)]),
);
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
const descriptor = fc
  .oneof(
    { weight: 5, arbitrary: fc.integer({ min: 4, max: 8 }) },
    { weight: 4, arbitrary: fc.constant(3) },
    { weight: 2, arbitrary: fc.nat(12) },
    { weight: 1, arbitrary: fc.constantFrom(13, 14, 15, 16, 255, 256) },
    { weight: 1, arbitrary: extreme32 },
  )
  .filter((number) => number !== AUDIT_DESCRIPTOR);

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const pathBytes = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .constantFrom('tmp/a', 'tmp/b', 'tmp/d', 'tmp/d/e', 'tmp/a/b', 'tmp', 'workspace/c', 'e', 'a')
      .map(utf8),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('.', '..', '/', '', 'usr/local/lib/python314.zip', 'usr', 'usr/new', '/tmp/a')
      .map(utf8),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        'tmp/../..',
        '../../../etc/passwd',
        'tmp/a/',
        'a\0b',
        '\ufefftmp',
        'ü'.repeat(128),
      )
      .map(utf8),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      // A lone surrogate, an overlong slash, a continuation byte without a start, a cut character.
      Uint8Array.of(0x74, 0xed, 0xa0, 0x80),
      Uint8Array.of(0xc0, 0xaf),
      Uint8Array.of(0x80),
      Uint8Array.of(0x61, 0xe2, 0x82),
      utf8('x/'.repeat(2500)),
      utf8('y'.repeat(4096)),
    ),
  },
);
const path = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(placed, pathBytes).map(([at, bytes]): Given => ({
      args: [at, bytes.length],
      pokes: [{ at, bytes }],
    })),
  },
  { weight: 1, arbitrary: span.map((values) => given(...values)) },
);

/** Vectors that a call finds, few or as many as it says; or it says what is not so. */
const vectors = fc
  .record({
    at: placed,
    list: fc.array(span, { maxLength: 5 }),
    claimed: rarely(fc.constantFrom(0, 1, 6, 1023, 1024, 1025, 0xffff_ffff)),
    elsewhere: rarely(address),
  })
  .map(({ at, list, claimed, elsewhere }): Given => {
    const words = new DataView(new ArrayBuffer(list.length * 8));
    for (const [index, [start, size]] of list.entries()) {
      words.setUint32(index * 8, start, true);
      words.setUint32(index * 8 + 4, size, true);
    }
    return {
      args: [elsewhere ?? at, claimed ?? list.length],
      pokes: [{ at, bytes: new Uint8Array(words.buffer) }],
    };
  });

const POLL_TIMEOUTS = [0n, 1n, 1000n, 200_000n];
const POLL_FAR = [2n ** 31n, 2n ** 62n, 2n ** 63n, 2n ** 64n - 1n];

/** @param mayBeFar whether time may be asked for that nobody can wait for. */
function poll(mayBeFar: boolean): fc.Arbitrary<Given> {
  const subscription = fc.record({
    userdata: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    type: fc.oneof({ weight: 30, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(255) }),
    what: fc.oneof({ weight: 6, arbitrary: fc.nat(3) }, descriptor),
    timeoutNs: fc.constantFrom(...POLL_TIMEOUTS, ...(mayBeFar ? POLL_FAR : [])),
    // Whatever the other bits say. A time that is absolute and not far has passed long ago.
    flags: fc.nat(0xffff),
  });
  return fc
    .record({
      at: placed,
      list: fc.array(subscription, { minLength: 1, maxLength: 6 }),
      claimed: rarely(fc.constantFrom(0, 1, 256, 257, 0xffff_ffff)),
      elsewhere: rarely(address),
      events: address,
      count: address,
    })
    .map(({ at, list, claimed, elsewhere, events, count }): Given => {
      const view = new DataView(new ArrayBuffer(list.length * 48));
      for (const [index, { userdata, type, what, timeoutNs, flags }] of list.entries()) {
        const start = index * 48;
        view.setBigUint64(start, userdata, true);
        view.setUint8(start + 8, type);
        view.setUint32(start + 16, what, true);
        view.setBigUint64(start + 24, timeoutNs, true);
        view.setUint16(start + 40, flags, true);
      }
      return {
        args: [elsewhere ?? at, events, claimed ?? list.length, count],
        pokes: [{ at, bytes: new Uint8Array(view.buffer) }],
      };
    });
}

function argumentsFor(role: Role, mayBeFar: boolean): fc.Arbitrary<Given> {
  switch (role) {
    case 'fd':
      return descriptor.map((value) => given(value));
    case 'i32':
      return fc.oneof(fc.nat(15), extreme32).map((value) => given(value));
    case 'i64':
      return extreme64.map((value) => given(value));
    case 'clock':
      return fc.oneof(fc.nat(5), extreme32).map((value) => given(value));
    case 'whence':
      return fc.oneof(fc.nat(3), extreme32).map((value) => given(value));
    case 'oflags':
      return fc.oneof(fc.nat(15), fc.constant(1), extreme32).map((value) => given(value));
    case 'rights':
      return fc.oneof(fc.constantFrom(0n, 2n, 64n, 66n, -1n), extreme64).map((one) => given(one));
    case 'outBuffer':
      return span.map((values) => given(...values));
    case 'report':
      return fc
        .oneof(
          { weight: 3, arbitrary: span },
          fc.tuple(address, fc.constantFrom(512, 513, 524_289)),
        )
        .map((values) => given(...values));
    case 'path':
      return path;
    case 'outVectors':
    case 'inVectors':
      return vectors;
    case 'poll':
      return poll(mayBeFar);
    default:
      return address.map((value) => given(value));
  }
}

/** Calls of everything but `proc_exit`, which ends the run. */
export function hostileCalls(mayBeFar: boolean): fc.Arbitrary<HostileCall> {
  const callable = IMPORTS.filter(({ name }) => name !== 'proc_exit');
  return fc.constantFrom(...callable).chain((spec) =>
    fc
      .record({
        filler: fc.constantFrom(0xa5, 0, 0xff, 0x2f),
        given: fc.tuple(...spec.roles.map((role) => argumentsFor(role, mayBeFar))),
      })
      .map(({ filler, given: all }) => ({
        spec,
        filler,
        pokes: all.flatMap(({ pokes }) => pokes),
        args: all.flatMap(({ args }) => args),
      })),
  );
}
