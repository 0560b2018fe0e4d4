import { expect } from 'chai';
import { expectationOn } from '../../src/selfTest/runSelfTest.js';
import { runAttempt } from '../../src/selfTest/runAttempt.js';
import { useRig } from '../support/useRig.js';
import { FAMILIES } from './families.js';

for (const { name, title, attempts } of FAMILIES) {
  describe(`attack family "${name}": ${title}`, () => {
    const rig = useRig();
    for (const attempt of attempts) {
      it(attempt.name, async () => {
        const { host, sandbox } = rig.python;
        const expected = expectationOn(host.capabilities, attempt);
        const { differences, outcome, stdout, stderr } = await runAttempt(
          sandbox,
          attempt,
          expected,
        );
        expect(differences, `${outcome}\n${stdout}\n${stderr}`).to.deep.equal([]);
      });
    }
  });
}
