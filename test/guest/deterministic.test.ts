import { expect } from 'chai';
import { useRig } from '../support/useRig.js';

/** Uses all that could differ from host to host: time, entropy, the depth of recursion. */
const PROGRAM = `
import datetime, functools, os, random, secrets, tempfile, time, uuid
print(datetime.datetime.now(), time.monotonic(), time.process_time())
print(os.urandom(8).hex(), random.random(), secrets.token_hex(4), uuid.uuid4())
print(tempfile.mkdtemp())
before = time.time(); time.sleep(3600); print(round(time.time() - before, 3))
open('a', 'w').write('x'); print(os.stat('a').st_mtime)

@functools.lru_cache(None)
def deep(n): return n and 1 + deep(n - 1)
depth = 0
try:
    while True:
        depth += 1
        deep.cache_clear(); deep(depth)
except RecursionError: print('depth', depth)

end = time.monotonic() + 0.2
while time.monotonic() < end: pass
print(sum(i * i for i in range(2_000_000)), sorted(random.sample(range(10**6), 5)))
`;

/** What PROGRAM prints and burns under seed 7: in Node, and in Chromium with and without isolation. */
const EXPECTED = {
  fuel: 1086,
  stdout: `2026-01-01 00:00:00.000001 1.00001 1.00001
31d0b55e8f5b35de 0.5413212909214811 6788f185 5cc2bba9-4fbb-4826-b1dd-8477ac7e3abb
/tmp/tmpv8eh57e8
3600.0
1767229200.000016
depth 254
2666664666667000000 [116125, 396114, 604094, 945425, 987430]
`,
};

describe('a deterministic run', () => {
  const rig = useRig();
  const run = (source: string, seed = 7) =>
    rig.python.run(source, { policy: { deterministic: seed } });

  it('prints the same bytes and burns the same fuel on every host', async () => {
    const { stdout, stderr, fuel } = await run(PROGRAM);
    expect(stderr).to.equal('');
    expect({ fuel, stdout }).to.deep.equal(EXPECTED);
  });

  it('repeats itself exactly, addresses and hashes included', async () => {
    const source =
      'import os, uuid\nprint(id(object()), object(), hash("x"), {*"abc"}, uuid.uuid1())';
    const one = await run(source);
    await rig.python.run('import os; os.urandom(100)');
    const two = await run(source);
    expect(one.stderr).to.equal('');
    expect(two.stdout).to.equal(one.stdout);
    expect(two.fuel).to.equal(one.fuel);
  });

  it('is another with another seed', async () => {
    const source = 'import os, random\nprint(os.urandom(8).hex())\nprint(random.random())';
    const values = new Set<string>();
    for (const seed of [0, 1, 2 ** 32, 2 ** 53 - 1]) {
      for (const value of (await run(source, seed)).stdout.trim().split('\n')) values.add(value);
    }
    expect(values.size).to.equal(8);
  });

  it('takes sleeping for passed time, and can still be stopped', async () => {
    const {
      run: started,
      result,
      printed,
    } = rig.python.start('import time\nprint("on", flush=True)\nwhile True: time.sleep(1000)', {
      policy: { deterministic: 1 },
    });
    await printed('on');
    started.stop();
    expect((await result).outcome).to.include({ kind: 'interrupted', started: true });
  });
});

describe('the environment', () => {
  const rig = useRig();

  it('holds what was granted, and nothing else', async () => {
    const env = { NAME: 'wört = ✓', EMPTY: '', TZ: 'UTC-2' };
    const { stdout, stderr } = await rig.python.run(
      'import os, time\nprint(dict(os.environ), time.tzname[0])',
      { policy: { env } },
    );
    expect(stderr).to.equal('');
    expect(stdout).to.equal("{'NAME': 'wört = ✓', 'EMPTY': '', 'TZ': 'UTC-2'} UTC\n");
    expect((await rig.python.run('import os\nprint(dict(os.environ))')).stdout).to.equal('{}\n');
  });
});

describe('a clock that was granted', () => {
  const rig = useRig();

  it('starts where it was set, beside real entropy', async () => {
    const source = 'import time, os\nprint(int(time.time()), os.urandom(4).hex())';
    const policy = { clock: { startMs: 86_400_000 } };
    const one = await rig.python.run(source, { policy });
    const two = await rig.python.run(source, { policy });
    expect(one.stdout).to.match(/^86400 /);
    expect(two.stdout).to.not.equal(one.stdout);
  });
});
