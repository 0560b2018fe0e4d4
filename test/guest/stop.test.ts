import { expect } from 'chai';
import { useRig } from '../support/useRig.js';

describe('stop', function () {
  this.timeout(30_000);
  const rig = useRig();

  /** Where nothing reaches the running program, Stop can only end the worker. */
  const canInterrupt = (): boolean => {
    const { sharedMemory, jspi } = rig.python.host.capabilities;
    return sharedMemory || jspi;
  };

  const busy = {
    'a loop': 'while True: pass',
    sleep: 'time.sleep(10**6)',
    'short sleeps': 'while True: time.sleep(0.001)',
    'a generator': 'sum(1 for _ in iter(int, 1))',
    'a regular expression': 're.match(r"(a+)+$", "a" * 40 + "b")',
    select: 'selectors.DefaultSelector().select(1000)',
  };
  for (const [name, statement] of Object.entries(busy)) {
    it(`interrupts ${name}: finally blocks run`, async function () {
      if (!canInterrupt()) this.skip();
      const { run, printed, result } = rig.python.start(
        `import time, re, selectors
try:
    print("started"); print("trying")
    ${statement}
finally:
    print("cleaned up")`,
      );
      await printed('trying\n');
      run.stop();
      const { outcome, stdout, stderr } = await result;
      expect(outcome).to.deep.equal({ kind: 'interrupted', started: true, forced: false });
      expect({ stdout, stderr: stderr.split('\n').at(-2) }).to.deep.equal({
        stdout: 'started\ntrying\ncleaned up\n',
        stderr: 'KeyboardInterrupt',
      });
    });
  }

  it('lets a program that catches KeyboardInterrupt end in its own way', async function () {
    if (!canInterrupt()) this.skip();
    const { run, printed, result } = rig.python.start(
      `import sys
try:
    print("started")
    while True: pass
except KeyboardInterrupt:
    print("goodbye")
    sys.exit(3)`,
    );
    await printed('started\n');
    run.stop();
    const { outcome, stdout } = await result;
    expect(outcome).to.deep.equal({ kind: 'exited', code: 3, traceback: null });
    expect(stdout).to.equal('started\ngoodbye\n');
  });

  const deaf = {
    'a loop that swallows it':
      'while True:\n    try:\n        print("started")\n        while True: pass\n    except BaseException: pass',
    'a signal handler that ignores it':
      'import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nprint("started")\nwhile True: pass',
    'C code that never polls':
      'import collections, itertools\nprint("started")\ncollections.deque(itertools.repeat(0), maxlen=0)',
  };
  for (const [name, source] of Object.entries(deaf)) {
    it(`cuts off ${name}, and the next run works`, async () => {
      const { run, printed, result } = rig.python.start(source);
      await printed('started\n');
      run.stop();
      const { outcome, stdout } = await result;
      expect(outcome).to.deep.equal({ kind: 'interrupted', started: true, forced: true });
      expect(stdout).to.match(/^started\n/);
      expect((await rig.python.run('print("next")')).stdout).to.equal('next\n');
    });
  }

  it('takes waiting runs out of the queue; they never start', async () => {
    const first = rig.python.start('print("first")\nwhile True: pass');
    const second = rig.python.start('print("second")');
    const third = rig.python.start('print("third")');
    await first.printed('first');
    expect(rig.python.sandbox.runs.length).to.equal(3);
    second.run.stop();
    expect((await second.result).outcome).to.deep.equal({
      kind: 'interrupted',
      started: false,
      forced: false,
    });
    first.run.stop();
    expect((await first.result).outcome.kind).to.equal('interrupted');
    expect((await third.result).stdout).to.equal('third\n');
  });

  it('stops a run whose interpreter is not ready yet', async () => {
    const fresh = rig.python.start('print(1)');
    fresh.run.stop();
    fresh.run.stop();
    expect((await fresh.result).outcome.kind).to.be.oneOf(['interrupted', 'exited']);
  });

  it('sleeps as long as it was asked to', async () => {
    const { stdout } = await rig.python.run(
      `import time
start = time.monotonic()
time.sleep(0.25)
slept = time.monotonic() - start
print(0.25 <= slept < 5)`,
    );
    expect(stdout).to.equal('True\n');
  });
});
