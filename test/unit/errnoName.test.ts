import { wasi } from '@bjorn3/browser_wasi_shim';
import { expect } from 'chai';
import { errnoName } from '../../src/protocol/errnoName.js';

describe('errnoName', () => {
  it('names every error as the shim does', () => {
    const known = Object.entries(wasi).filter(([name]) => name.startsWith('ERRNO_'));
    expect(known.length).to.equal(77);
    for (const [name, value] of known) {
      expect(errnoName(Number(value))).to.equal(`E${name.slice('ERRNO_'.length)}`);
    }
  });

  it('gives the number of what it does not know', () => {
    expect(errnoName(77)).to.equal('errno 77');
  });
});
