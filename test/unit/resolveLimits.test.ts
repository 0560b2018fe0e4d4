import { expect } from 'chai';
import { InvalidLimitError, resolveLimits } from '../../src/engine/resolveLimits.js';
import { DEFAULT_LIMITS, LIMIT_RANGES } from '../../src/protocol/limits.js';

describe('resolveLimits', () => {
  it('gives the defaults, and takes what is in range', () => {
    expect(resolveLimits()).to.deep.equal(DEFAULT_LIMITS);
    expect(resolveLimits({ timeoutMs: 5 })).to.deep.equal({ ...DEFAULT_LIMITS, timeoutMs: 5 });
  });

  it('has defaults that are in range themselves', () => {
    expect(resolveLimits(DEFAULT_LIMITS)).to.deep.equal(DEFAULT_LIMITS);
  });

  const wrong: unknown[] = [NaN, Infinity, -1, 1.5, '60', null, undefined, {}, [], 2 ** 53];
  for (const value of wrong) {
    it(`refuses ${String(value)} for any limit`, () => {
      for (const name of Object.keys(LIMIT_RANGES)) {
        expect(() => resolveLimits({ [name]: value }), name).to.throw(InvalidLimitError);
      }
    });
  }

  it('refuses limits that it does not know', () => {
    for (const name of ['network', 'constructor', '__proto__x']) {
      expect(() => resolveLimits({ [name]: 1 })).to.throw(`unknown limit: ${name}`);
    }
  });
});
