import { expect } from 'chai';
import { useRig } from '../support/useRig.js';

const MEBIBYTE = 1024 * 1024;

describe('limits', function () {
  this.timeout(60_000);
  const rig = useRig();

  /** Every one of these must leave a sandbox behind that works. */
  afterEach(async () => {
    expect((await rig.python.run('print("next")')).stdout).to.equal('next\n');
  });

  const endless = {
    'a loop': 'while True: pass',
    'a loop that catches everything': `while True:
    try:
        while True: pass
    except BaseException: pass`,
    sleep: 'import time\ntime.sleep(10**6)',
    'a regular expression': 'import re\nre.match(r"(a+)+$", "a" * 40 + "b")',
    'C code that never polls':
      'import collections, itertools\ncollections.deque(itertools.repeat(0), maxlen=0)',
    'an atexit function': 'import atexit\n@atexit.register\ndef f():\n    while True: pass',
    'a finalizer': `class A:
    def __del__(self):
        while True: pass
A()`,
  };
  for (const [name, source] of Object.entries(endless)) {
    it(`time: ${name} ends, and what was printed is shown`, async () => {
      const { outcome, stdout } = await rig.python.run(`print("shown", end="")\n${source}`, {
        limits: { timeoutMs: 400 },
      });
      expect(outcome).to.deep.equal({ kind: 'timedOut', limitMs: 400 });
      expect(stdout).to.equal('shown');
    });
  }

  const bombs = {
    'a list': 'x = []\nwhile True: x.append("x" * 1000 + str(len(x)))',
    'a string': 'x = "x" * 1000\nwhile True: x += x',
    'one great bytearray': 'x = bytearray(2**31 - 1)',
    'a dict': 'x = {}\nwhile True: x[len(x)] = [0] * 100',
  };
  for (const [name, source] of Object.entries(bombs)) {
    it(`memory: ${name} ends`, async () => {
      const memoryBytes = 96 * MEBIBYTE;
      const { outcome, stdout } = await rig.python.run(`print("shown")\n${source}`, {
        limits: { memoryBytes },
      });
      expect(outcome).to.deep.equal({
        kind: 'limitExceeded',
        limit: 'memory',
        limitBytes: memoryBytes,
      });
      expect(stdout).to.equal('shown\n');
    });
  }

  it('memory: a program that catches MemoryError goes on', async () => {
    const { outcome, stdout } = await rig.python.run(
      'try:\n    x = bytearray(2**30)\nexcept MemoryError:\n    print("caught")',
      { limits: { memoryBytes: 96 * MEBIBYTE } },
    );
    expect(outcome).to.include({ kind: 'exited', code: 0 });
    expect(stdout).to.equal('caught\n');
  });

  it('memory: a MemoryError that the program raises itself is an exception', async () => {
    const { outcome } = await rig.python.run('raise MemoryError("mine")');
    expect(outcome).to.include({ kind: 'exited', code: 1 });
  });

  it('output: a flood is cut at the limit, exactly, over both streams', async () => {
    const { outcome, stdout, stderr } = await rig.python.run(
      'import sys\nwhile True:\n    print("o" * 999)\n    print("e" * 499, file=sys.stderr)',
      { limits: { outputBytes: 100_000 } },
    );
    expect(outcome).to.deep.equal({ kind: 'limitExceeded', limit: 'output', limitBytes: 100_000 });
    expect(stdout.length + stderr.length).to.equal(100_000);
  });

  it('output: 100 MB in one write is cut', async () => {
    const { outcome, stdout } = await rig.python.run('print("x" * 100_000_000)');
    expect(outcome).to.include({ kind: 'limitExceeded', limit: 'output' });
    expect(stdout.length).to.equal(10 * MEBIBYTE);
  });

  it('output: as much as the limit, and not one byte less, is allowed', async () => {
    const { outcome, stdout } = await rig.python.run('print("x" * 999)', {
      limits: { outputBytes: 1000 },
    });
    expect(outcome).to.include({ kind: 'exited', code: 0 });
    expect(stdout.length).to.equal(1000);
  });

  it('fuel: a program that catches everything does not outlive it', async () => {
    const { outcome, stdout, fuel } = await rig.python.run(
      `print("shown")
while True:
    try:
        while True: pass
    except BaseException: pass`,
      { limits: { fuel: 50 } },
    );
    expect(outcome).to.deep.equal({ kind: 'limitExceeded', limit: 'fuel', limitTicks: 50 });
    expect(stdout).to.equal('shown\n');
    expect(fuel).to.equal(51);
  });

  it('fuel: the same program burns the same, and as much as it did is enough', async () => {
    const source = 'total = 0\nfor i in range(300_000): total += i % 7\nprint(total)';
    const first = await rig.python.run(source);
    const second = await rig.python.run(source);
    expect(first.fuel).to.be.greaterThan(50);
    expect(second.fuel).to.equal(first.fuel);
    const enough = await rig.python.run(source, { limits: { fuel: first.fuel } });
    expect(enough.outcome).to.include({ kind: 'exited', code: 0 });
  });

  it('recursion: without end is a RecursionError', async () => {
    const { outcome, stderr } = await rig.python.run('def f(): return f()\nf()');
    expect(outcome).to.include({ kind: 'exited', code: 1 });
    expect(stderr).to.include('RecursionError: maximum recursion depth exceeded');
  });

  it('recursion: setrecursionlimit(10**6) does not take the sandbox down', async () => {
    const { outcome, stdout } = await rig.python.run(
      `import sys
sys.setrecursionlimit(10**6)
def f(n): return f(n + 1)
try: f(0)
except RecursionError: print("caught")`,
    );
    expect(outcome).to.include({ kind: 'exited', code: 0 });
    expect(stdout).to.equal('caught\n');
  });

  it('recursion: 250 deep works, plain and through lru_cache', async function () {
    // A worker's own stack, in a browser without JSPI, holds less than that.
    if (rig.python.host.capabilities.stackLimitKiB < 160) this.skip();
    const { outcome, stdout } = await rig.python.run(
      `import functools
def plain(n): return 0 if n == 0 else 1 + plain(n - 1)
@functools.lru_cache
def cached(n): return 0 if n == 0 else 1 + cached(n - 1)
print(plain(250), cached(250))`,
    );
    expect(outcome).to.include({ kind: 'exited', code: 0 });
    expect(stdout).to.equal('250 250\n');
  });

  const deep = {
    'repr of nested lists': 'x = []\nfor _ in range(100_000): x = [x]\nrepr(x)',
    'freeing nested lists': 'x = []\nfor _ in range(200_000): x = [x]\ndel x\nprint("freed")',
    'compiling nested expressions': 'compile("-" * 100_000 + "1", "x", "eval")',
    'json nested arrays': 'import json\njson.loads("[" * 100_000)',
    'pickling nested lists':
      'import pickle\nx = []\nfor _ in range(50_000): x = [x]\npickle.dumps(x)',
    '__getattr__ that calls itself':
      'class A:\n    def __getattr__(self, name): return getattr(self, name + "x")\nA().y',
  };
  for (const [name, source] of Object.entries(deep)) {
    it(`recursion in C: ${name} ends`, async () => {
      const { outcome } = await rig.python.run(source);
      // An exception where Python sees it coming, a trap where it does not: never our failure.
      if (outcome.kind === 'trapped') expect(outcome.trap).to.equal('stackOverflow');
      else expect(outcome.kind).to.equal('exited');
    });
  }
});
