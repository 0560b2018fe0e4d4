import { expect } from 'chai';
import { useRig } from '../support/useRig.js';
import { LOOK, PLANT } from './leaveBehind.js';

/** The families end the run before in every way but this one, which takes a user. */
describe('after a run that left something everywhere and was stopped', () => {
  const rig = useRig();

  async function lookAfter(ending: string, expected: { readonly forced: boolean }): Promise<void> {
    const { run, printed, result } = rig.python.start(
      `${PLANT}print('planted', flush=True)\n${ending}`,
    );
    await printed('planted');
    run.stop();
    expect((await result).outcome).to.include({ kind: 'interrupted', ...expected });
    const { stdout, stderr } = await rig.python.run(LOOK);
    expect(stderr).to.equal('');
    expect(stdout).to.equal('{}\n');
  }

  it('nothing is left, where KeyboardInterrupt ended it', async function () {
    const { sharedMemory, jspi } = rig.python.host.capabilities;
    if (!sharedMemory && !jspi) this.skip();
    await lookAfter('while True: pass', { forced: false });
  });

  it('nothing is left, where it caught that and was cut off', () =>
    lookAfter(
      `while True:
    try:
        while True: pass
    except BaseException: pass`,
      { forced: true },
    ));

  it('nothing is left, where it never let the host in and its worker was ended', () =>
    lookAfter('import itertools\nany(itertools.repeat(0))', { forced: true }));
});

describe('what two runs at the same instant have in common', () => {
  const rig = useRig();

  it('is not the random numbers of sqlite', async () => {
    const draw = async (): Promise<string> => {
      const { stdout, stderr } = await rig.python.run(
        `import sqlite3
print(sqlite3.connect(':memory:').execute('SELECT hex(randomblob(16)), random()').fetchone())`,
        { policy: { clock: { startMs: 1_000_000 } } },
      );
      expect(stderr).to.equal('');
      return stdout;
    };
    expect(await draw()).to.not.equal(await draw());
  });
});
