import { expect } from 'chai';
import { useRig } from '../support/useRig.js';

describe('from one run to the next', () => {
  const rig = useRig();

  const leaks: readonly [what: string, first: string, second: string, expected: string][] = [
    ['globals', 'secret = 1', 'print("secret" in globals())', 'False\n'],
    [
      'modules',
      'import sys, types\nsys.modules["planted"] = types.ModuleType("planted")\nimport json\njson.loads = None',
      'import sys, json\nprint("planted" in sys.modules, json.loads("1"))',
      'False 1\n',
    ],
    [
      'files',
      'open("/tmp/a", "w").write("x")\nopen("b", "w").write("y")',
      'import os\nprint(os.listdir("/tmp"), os.listdir("/workspace"))',
      '[] []\n',
    ],
    [
      'the environment',
      'import os\nos.environ["A"] = "b"\nos.putenv("C", "d")',
      'import os\nprint(dict(os.environ))',
      '{}\n',
    ],
    [
      'the recursion limit',
      'import sys\nsys.setrecursionlimit(5000)',
      'import sys\nprint(sys.getrecursionlimit())',
      '1000\n',
    ],
    [
      'the working folder',
      'import os\nos.chdir("/tmp")',
      'import os\nprint(os.getcwd())',
      '/workspace\n',
    ],
    ['builtins', 'import builtins\nbuiltins.x = 1', 'print("x" in dir(__builtins__))', 'False\n'],
    [
      'hooks',
      'import sys\nsys.settrace(lambda *a: None)\nsys.displayhook = None\nsys.addaudithook(lambda *a: 1/0)',
      'import sys\nprint(sys.gettrace(), sys.displayhook.__name__)\nopen("/tmp/x", "w").close()',
      'None displayhook\n',
    ],
    [
      'open descriptors',
      'import os\nfor i in range(50): os.open("/tmp", os.O_RDONLY)',
      'import os\nprint(os.open("/tmp", os.O_RDONLY))',
      '4\n',
    ],
  ];
  for (const [what, first, second, expected] of leaks) {
    it(`nothing is left of ${what}`, async () => {
      const one = await rig.python.run(first);
      expect(one.stderr).to.equal('');
      const two = await rig.python.run(second);
      expect(two.stderr).to.equal('');
      expect(two.stdout).to.equal(expected);
    });
  }

  it('random, uuid, secrets, urandom and tempfile differ, though all start from one snapshot', async () => {
    const source = `import random, uuid, secrets, os, tempfile
print(random.random(), random.Random().random(), uuid.uuid4(), uuid.uuid1(), secrets.token_hex(8),
      os.urandom(8).hex(), next(tempfile._get_candidate_names()), tempfile.mkdtemp())`;
    const draw = async (): Promise<string[]> =>
      (await rig.python.run(source)).stdout.trim().split(' ');
    const one = await draw();
    const two = await draw();
    expect(one.length).to.equal(8);
    for (const [index, value] of one.entries()) {
      expect(two[index], `value ${String(index)}`)
        .to.be.a('string')
        .that.does.not.equal(value);
    }
  });

  it('knows the time, and nothing of where and on what it runs', async () => {
    const { stdout } = await rig.python.run(
      `import time, locale, platform, os, sys
print(time.tzname, time.timezone, locale.getlocale(), platform.node() or '-', sys.platform)
print(time.time(), time.monotonic() < 3600)
try: print(os.getlogin())
except (OSError, AttributeError, ImportError) as error: print(type(error).__name__)`,
    );
    const [facts, times, login] = stdout.split('\n');
    expect(facts).to.match(/^\('UTC', 'UTC'\) 0 \(.*\) (-|localhost|\(none\)) wasi$/);
    const [now = '', isYoung] = times?.split(' ') ?? [];
    expect(Math.abs(Number(now) - Date.now() / 1000)).to.be.lessThan(60);
    expect(isYoung).to.equal('True');
    expect(login).to.match(/^(OSError|AttributeError|ImportError)$/);
  });
});
