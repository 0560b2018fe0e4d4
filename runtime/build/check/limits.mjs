// What the host gives and takes: memory, time, chance, environment, input.

import assert from 'node:assert/strict';

/**
 * @param {import('../host/runner.mjs').MakeGuest} guest
 * @returns {Record<string, () => void>}
 */
export const limits = (guest) => ({
  'the memory limit is a MemoryError'() {
    for (const source of [
      'x = []\nwhile True: x.append(bytes(1000))',
      'x = bytearray(10 ** 9)',
      'x = "x" * 2 ** 30',
      'x = bytearray(2 ** 31 - 1)',
      'd = {}\ni = 0\nwhile True:\n    d[i] = i\n    i += 1',
    ]) {
      const result = guest({ memoryMb: 64 }).run(source);
      assert.deepEqual(
        [result.code, result.memoryLimit, result.exception.type],
        [1, true, 'MemoryError'],
        source,
      );
      assert.match(result.stderr, /MemoryError\n$/u);
    }
    assert.equal(guest().run('raise MemoryError').memoryLimit, false);
  },

  'the host interrupts loops, C code and sleep'() {
    for (const source of [
      'while True: pass',
      'import re\nre.match("(a*)*b", "a" * 40)',
      'import time\ntime.sleep(1000)',
      'def f():\n    try:\n        while True: pass\n    finally:\n        print("finally")\nf()',
    ]) {
      let polls = 0;
      const asleep = source.includes('sleep');
      const one = guest({
        poll: () => (++polls === (asleep ? 1 : 1000) ? 1 : 0),
        longestSleepMs: 10,
      });
      const result = one.run(source);
      assert.deepEqual(
        [result.code, result.interrupted, result.uncaught],
        [130, true, true],
        source,
      );
      assert.match(result.stderr, /KeyboardInterrupt\n$/u);
    }
    let asked = 0;
    const caught = guest({ poll: () => (asked++ === 0 ? 1 : 0) }).run(
      'try:\n    while True: pass\nexcept KeyboardInterrupt:\n    print("caught")',
    );
    assert.deepEqual([caught.code, caught.stdout], [0, 'caught\n']);
  },

  'ticks are counted the same in every run'() {
    const count = () => {
      let ticks = 0;
      const one = guest({ poll: (kind) => ((ticks += kind === 0 ? 1 : 0), 0) });
      one.run('for i in range(1_000_000): pass');
      return ticks;
    };
    const first = count();
    assert.ok(first >= 244 && first <= 250, String(first));
    assert.equal(count(), first);
  },

  'runs differ where they must'() {
    const source =
      'import random, uuid, tempfile, os\nprint(random.random(), uuid.uuid4(), tempfile.mktemp(), os.urandom(4))';
    const first = guest().run(source).stdout.split(' ');
    const second = guest().run(source).stdout.split(' ');
    first.forEach((value, index) => assert.notEqual(value, second[index]));
  },

  'the environment is what was granted'() {
    const source = 'import os\nprint(dict(os.environ))';
    assert.equal(guest().run(source).stdout, '{}\n');
    assert.equal(
      guest({ environment: ['A=1', 'B=x=y'] }).run(source).stdout,
      "{'A': '1', 'B': 'x=y'}\n",
    );
  },

  'input reads lines'() {
    const { stdout, stderr } = guest({ stdin: 'one\ntwo\n' }).run(
      'print([input("? "), input()])\ninput()',
    );
    assert.equal(stdout, "? ['one', 'two']\n");
    assert.match(stderr, /EOFError: EOF when reading a line\n$/u);
  },

  'a header that is none fails, and does not trap'() {
    const one = guest();
    assert.equal(one.exports.rt_call(1, 0), -1);
    assert.equal(one.exports.rt_call(99, 0), -1);
    assert.equal(one.run('print(1)').stdout, '1\n');
  },
});
