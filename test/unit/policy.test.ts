import { expect } from 'chai';
import fc from 'fast-check';
import { InvalidPolicyError, resolvePolicy, type PolicyOptions } from '../../src/engine/policy.js';
import { DEFAULT_LIMITS, LIMIT_RANGES } from '../../src/protocol/limits.js';

const NOTHING = {
  limits: DEFAULT_LIMITS,
  env: {},
  stdin: new Uint8Array(),
  clock: 'host',
  seed: null,
};

/** What JavaScript lets through where types do not look. */
function resolve(options: unknown) {
  return resolvePolicy(options as PolicyOptions);
}

describe('resolvePolicy', () => {
  it('grants nothing by default', () => {
    for (const options of [undefined, {}, { limits: {}, env: {} }]) {
      expect(resolve(options)).to.deep.equal(NOTHING);
    }
  });

  it('has default limits that are in range themselves', () => {
    expect(resolve({ limits: DEFAULT_LIMITS })).to.deep.equal(NOTHING);
  });

  it('takes what is in range', () => {
    const stdin = Uint8Array.of(1);
    expect(
      resolve({
        limits: { timeoutMs: 5 },
        env: { A: 'b=c' },
        stdin,
        clock: { startMs: 7 },
        seed: 8,
      }),
    ).to.deep.equal({
      limits: { ...DEFAULT_LIMITS, timeoutMs: 5 },
      env: { A: 'b=c' },
      stdin,
      clock: { startMs: 7 },
      seed: 8,
    });
  });

  it('makes a clock and a seed of `deterministic`, and refuses them beside it', () => {
    expect(resolve({ deterministic: 0 })).to.deep.equal({
      ...NOTHING,
      clock: { startMs: Date.UTC(2026, 0, 1) },
      seed: 0,
    });
    expect(resolve({ deterministic: null })).to.deep.equal(NOTHING);
    for (const beside of [{ clock: 'host' }, { seed: 1 }, { seed: null }]) {
      expect(() => resolve({ deterministic: 1, ...beside })).to.throw(InvalidPolicyError);
    }
  });

  const numbers: unknown[] = [NaN, Infinity, -1, 1.5, '60', null, undefined, {}, [], 2 ** 53];
  for (const value of numbers) {
    it(`refuses ${String(value)} for any limit`, () => {
      for (const name of Object.keys(LIMIT_RANGES)) {
        expect(() => resolve({ limits: { [name]: value } }), name).to.throw(InvalidPolicyError);
      }
    });
  }

  it('refuses what it does not know, at every depth', () => {
    for (const name of ['network', 'constructor', '__proto__x', 'Limits', 'toString']) {
      const says = `has no ${JSON.stringify(name)}`;
      expect(() => resolve({ [name]: {} })).to.throw(InvalidPolicyError, `policy ${says}`);
      expect(() => resolve({ limits: { [name]: 1 } })).to.throw(`limits ${says}`);
      expect(() => resolve({ clock: { startMs: 1, [name]: 1 } })).to.throw(`clock ${says}`);
    }
    const nested: unknown = JSON.parse('{"limits": {"__proto__": {"timeoutMs": 1e12}}}');
    expect(() => resolve(nested)).to.throw(InvalidPolicyError);
    expect(() => resolve({ limits: { limits: { timeoutMs: 5 } } })).to.throw(InvalidPolicyError);
  });

  it('takes nothing from what an object inherits', () => {
    const inherited: unknown = Object.create({ env: { A: 'b' } });
    expect(() => resolve(inherited)).to.throw(InvalidPolicyError);
    expect(() => resolve({ limits: Object.create({ timeoutMs: 1e9 }) as unknown })).to.throw(
      InvalidPolicyError,
    );
    expect(() => resolve({ env: new Map([['A', 'b']]) })).to.throw(InvalidPolicyError);
  });

  const malformed: readonly [what: string, options: unknown][] = [
    ['a policy that is a list', []],
    ['a policy that is null', null],
    ['limits that are a list', { limits: [1] }],
    ['limits that are null', { limits: null }],
    ['an environment that is a list', { env: ['A=b'] }],
    ['a variable without a name', { env: { '': 'x' } }],
    ['a variable with = in its name', { env: { 'A=B': 'x' } }],
    ['a variable with NUL in its name', { env: { 'A\0': 'x' } }],
    ['a value with NUL', { env: { A: 'x\0B=y' } }],
    ['a value that is a number', { env: { A: 1 } }],
    [
      'too many variables',
      { env: Object.fromEntries([...Array(1001).keys()].map((i) => [`A${String(i)}`, ''])) },
    ],
    ['too long an environment', { env: { A: 'x'.repeat(300_000) } }],
    ['stdin that is text', { stdin: 'x' }],
    ['a clock that nobody knows', { clock: 'wall' }],
    ['a clock without a start', { clock: {} }],
    ['a clock after the year 9999', { clock: { startMs: 1e15 } }],
    ['a seed that is a fraction', { seed: 0.5 }],
    ['a seed that is text', { deterministic: '1' }],
    ['a seed that cannot be told', { seed: { toString: 0 } }],
    ['a limit that is nobody at all', { limits: { fuel: Object.create(null) as unknown } }],
  ];
  for (const [what, options] of malformed) {
    it(`refuses ${what}`, () => {
      expect(() => resolve(options)).to.throw(InvalidPolicyError);
    });
  }

  it('either refuses anything, or gives what is within the ranges and was asked for', () => {
    const limit = fc.oneof(fc.integer(), fc.double(), fc.constant(null), fc.string());
    const names = fc.constantFrom(...Object.keys(LIMIT_RANGES), 'network', '__proto__');
    const options = fc.oneof(
      fc.record({
        limits: fc.dictionary(names, limit),
        env: fc.dictionary(fc.string(), fc.string()),
      }),
      fc.record({ limits: fc.object(), seed: fc.anything() }, { requiredKeys: [] }),
      fc.anything(),
    );
    fc.assert(
      fc.property(options, (given) => {
        let policy;
        try {
          policy = resolve(given);
        } catch (error) {
          expect(error).to.be.instanceOf(InvalidPolicyError);
          return;
        }
        expect(Object.keys(policy)).to.deep.equal(Object.keys(NOTHING));
        expect(Object.keys(policy.limits)).to.deep.equal(Object.keys(DEFAULT_LIMITS));
        for (const [name, [least, most]] of Object.entries(LIMIT_RANGES)) {
          expect(policy.limits[name as keyof typeof LIMIT_RANGES]).to.be.within(least, most);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
