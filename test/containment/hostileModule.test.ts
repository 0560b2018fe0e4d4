import { createTestHost } from '#testHost';
import { expect } from 'chai';
import fc from 'fast-check';
import { hostileCalls } from './hostile/calls.js';
import { hostModes } from './hostile/hostModes.js';
import { CallStatistics, runHostileCalls } from './hostile/hostileRun.js';
import { IMPORTS } from './hostile/imports.js';
import { hostileRequest, hostileSandbox, Machine } from './hostile/machine.js';
import { ANSWER_BASE, WRONG_CALLS, WRONG_TYPES_WAT } from './hostile/wrongTypes.js';

const CALLS_A_RUN = 40;
const RUNS = 100;

/**
 * A module that was made to attack, in place of Python: it calls everything that it is given, with
 * anything. The engine, the worker and what serves the calls are the real ones.
 */
describe('a hostile module, calling every import with anything', () => {
  const statistics = new CallStatistics();

  it('in every mode that this host has, by the clock and with time that is skipped', async function () {
    this.timeout(120_000);
    const real = await createTestHost();
    for (const { name, capabilities } of hostModes(real.capabilities)) {
      const machine = await Machine.create(real, capabilities);
      try {
        for (const isTimeSkipped of [false, true]) {
          await fc.assert(
            fc.asyncProperty(
              fc.array(hostileCalls(isTimeSkipped), {
                minLength: CALLS_A_RUN,
                maxLength: CALLS_A_RUN,
              }),
              (calls) => runHostileCalls(machine, calls, { isTimeSkipped, statistics }),
            ),
            { numRuns: RUNS },
          );
        }
        // One worker served all: none was lost, none had to be ended.
        expect(machine.host.started, name).to.equal(1);
      } finally {
        machine.dispose();
      }
    }
    // Of the 39 that can do anything for anyone: the calls were not all in vain.
    expect(statistics.done.size).to.be.at.least(35);
  });

  it('declared with other types: an errno from each call', async () => {
    const { sandbox } = await hostileSandbox(await createTestHost(), WRONG_TYPES_WAT);
    const { outcome, value } = await sandbox.start(hostileRequest(new Uint8Array())).result;
    sandbox.dispose();
    expect(outcome).to.include({ kind: 'exited', code: 0 });
    const answers = Array.from(value ?? '', (letter) => letter.charCodeAt(0) - ANSWER_BASE);
    expect(answers.length).to.equal(WRONG_CALLS.length);
    for (const [index, answer] of answers.entries()) {
      expect(answer, JSON.stringify(WRONG_CALLS[index])).to.be.within(0, 76);
    }
    // What nobody foresaw, as an address that is a bigint, is an error to the guest like any other.
    const EIO = 29;
    const random = WRONG_CALLS.findIndex(
      ({ name, types }) => name === 'random_get' && types[0] === 'i64',
    );
    expect(answers[random]).to.equal(EIO);
  });

  after(() => {
    const { made, defective, done } = statistics;
    console.log(
      `      ${String(made)} hostile calls, ${String(defective)} with arguments that name what is ` +
        `not the guest's; ${String(done.size)} of ${String(IMPORTS.length)} imports did something`,
    );
  });
});
