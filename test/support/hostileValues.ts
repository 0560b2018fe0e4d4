import fc from 'fast-check';

/** Throws what nobody can tell: not even its text can be had. */
function untellable(): never {
  const nothing = new Proxy(Object.create(null) as object, {
    getPrototypeOf: () => {
      throw new TypeError('not even this');
    },
    get: () => {
      throw new TypeError('nor that');
    },
  });
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  throw nothing;
}

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function cyclic(): unknown {
  const value: Record<string, unknown> = { kind: 'output' };
  value['chunks'] = [value];
  value['end'] = value;
  return value;
}

/** An array whose every way of being read is its own. */
function lyingArray(): unknown {
  const lie = (): never => untellable();
  return Object.assign([1, 2], { map: lie, slice: lie, length: 2, constructor: lie });
}

/** Views that are not what they seem. */
function oddBytes(): readonly unknown[] {
  const detached = new Uint8Array(8);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  class OwnBytes extends Uint8Array {
    override get length(): number {
      return untellable();
    }
    override subarray(): never {
      return untellable();
    }
  }
  return [
    // Not there in a page that is not isolated.
    ...('SharedArrayBuffer' in globalThis ? [new Uint8Array(new SharedArrayBuffer(4))] : []),
    new Uint8Array(new ArrayBuffer(1 << 20), 5, 3),
    detached,
    new OwnBytes(3),
    Object.assign(new Uint8Array(3), { slice: untellable, extra: 1 }),
    Object.defineProperty(new Uint8Array(3), 'length', { value: 1e9 }),
    Object.defineProperty(new Uint8Array(3), 'buffer', { get: untellable }),
    Object.create(Uint8Array.prototype),
    Object.setPrototypeOf(new DataView(new ArrayBuffer(4)), Uint8Array.prototype),
    Object.setPrototypeOf(new Float64Array([1, NaN]), Uint8Array.prototype),
    new Proxy(new Uint8Array(3), {}),
    new Proxy(new Uint8Array(3), { get: (target, key) => Reflect.get(target, key) as unknown }),
    new Uint16Array(2),
    new ArrayBuffer(4),
  ];
}

/**
 * How to make what no worker can send, what only an owned one would, and everything in between; the
 * values themselves bear no looking at.
 */
export const hostileValue: fc.Arbitrary<() => unknown> = fc.oneof(
  fc
    .anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
      stringUnit: 'binary',
    })
    .map((value) => () => value),
  fc
    .constantFrom<unknown>(
      ...[NaN, Infinity, -Infinity, -0, -1, 0.5, 2 ** 53, 2 ** 32, 1e308, '1', '', 'constructor'],
      ...[true, null, undefined, 1n, Symbol('kind'), Symbol.iterator],
    )
    .map((value) => () => value),
  fc.constantFrom<() => unknown>(
    () => untellable,
    () => new Proxy({}, { get: untellable }),
    () => new Proxy([], { get: untellable }),
    () => new Proxy({}, { get: () => 'output', has: () => true }),
    () => revoked({}),
    () => revoked([]),
    () => cyclic(),
    () => lyingArray(),
    () => Array<unknown>(3),
    () => Array<unknown>(2 ** 32 - 1),
    () => Array<unknown>(100).fill(cyclic()),
    () => Object.create({ kind: 'ready' }) as unknown,
    () => new Map([['kind', 'ready']]),
    () => new Date(0),
    () => new Error('ready'),
    () => Object('ready') as unknown,
    () => 'x'.repeat(5000),
    ...oddBytes().map((value) => () => value),
  ),
);

/** The same message, with one field of it, at any depth, made something else. */
export function mutated(message: object): fc.Arbitrary<() => unknown> {
  const paths = pathsOf(message);
  return fc
    .record({
      path: fc.constantFrom(...paths),
      value: hostileValue,
      how: fc.constantFrom('value', 'getter', 'inherited', 'missing'),
    })
    .map(
      ({ path, value, how }) =>
        () =>
          replaceAt(structuredClone(message), path, value(), how),
    );
}

function pathsOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([key, one]) => pathsOf(one).map((p) => [key, ...p])),
  ];
}

function replaceAt(root: unknown, path: readonly string[], value: unknown, how: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const holder = root as Record<string, unknown>;
  if (rest.length > 0) {
    holder[key] = replaceAt(holder[key], rest, value, how);
    return holder;
  }
  if (how === 'missing') Reflect.deleteProperty(holder, key);
  else if (how === 'inherited') return Object.create({ ...holder, [key]: value }) as unknown;
  else if (how === 'getter') {
    // Another answer each time: what is checked must be what is used.
    let reads = 0;
    const original = holder[key];
    Object.defineProperty(holder, key, { get: () => (reads++ === 0 ? original : value) });
  } else holder[key] = value;
  return holder;
}
