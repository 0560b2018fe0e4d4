import { createTestHost } from '#testHost';
import { expect } from 'chai';
import type { Sandbox } from '../../src/engine/sandbox.js';
import { hostileRequest, hostileSandbox } from './hostile/machine.js';
import { STACK_ATTACK_FILE_BYTES, STACK_ATTACK_WAT } from './hostile/stackAttack.js';

const NEVER = 0xffff_ffff;
/** Deeper than any host's stack lets it. */
const MOST_DEPTH = 8_000_000;

describe('a hostile module that leaves the host no stack', () => {
  let sandbox: Sandbox;

  before(async () => {
    ({ sandbox } = await hostileSandbox(await createTestHost(), STACK_ATTACK_WAT));
  });
  after(() => {
    sandbox.dispose();
  });

  /** Calls the host at each depth from the first on, and turns back at the second. */
  async function attack(callFrom: number, turnAt: number): Promise<{ kind: string; said: string }> {
    const source = new Uint8Array(Uint32Array.of(callFrom, turnAt).buffer);
    const policy = { limits: { fileBytes: STACK_ATTACK_FILE_BYTES } };
    const run = sandbox.start(hostileRequest(source, policy));
    let said = '';
    run.onOutput(({ bytes }) => {
      said += new TextDecoder().decode(bytes);
    });
    const { outcome } = await run.result;
    return { kind: outcome.kind === 'trapped' ? outcome.trap : outcome.kind, said };
  }

  it('is ended: no call of it is left half done', async function () {
    this.timeout(60_000);
    // Until the engine has compiled it for good: the depth would change.
    for (let i = 0; i < 10; i++) await attack(NEVER, 10_000);
    let least = 0;
    let most = MOST_DEPTH;
    while (most - least > 1500) {
      const middle = (least + most) >> 1;
      if ((await attack(NEVER, middle)).kind === 'failed') least = middle;
      else most = middle;
    }
    expect(most).to.be.lessThan(MOST_DEPTH);
    // It ended with -1 each time, and so had a new worker, whose code was not compiled yet, each time.
    for (let i = 0; i < 3; i++) {
      expect(await attack(Math.max(0, least - 500), NEVER)).to.deep.equal({
        kind: 'stackOverflow',
        said: '',
      });
    }
  });
});
