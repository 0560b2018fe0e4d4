import { expect } from 'chai';
import { useRig } from '../support/useRig.js';

describe('a program', () => {
  const rig = useRig();
  const EXITED = { kind: 'exited', code: 0, traceback: null };

  it('prints text', async () => {
    const result = await rig.python.run("print('Hello World!')");
    expect(result).to.include({ stdout: 'Hello World!\n', stderr: '' });
    expect(result.outcome).to.deep.equal(EXITED);
  });

  it('prints a million characters, all of them', async () => {
    const { stdout } = await rig.python.run("print('abcdefghij' * 100_000)");
    expect(stdout.length).to.equal(1_000_001);
    expect(stdout).to.equal(`${'abcdefghij'.repeat(100_000)}\n`);
  });

  it('keeps the order of stdout and stderr, without newlines and flushes', async () => {
    const rig2 = rig.python.start(
      `import sys
for i in range(5):
    sys.stdout.write(f'o{i}')
    sys.stderr.write(f'e{i}')`,
    );
    let order = '';
    rig2.run.onOutput(({ bytes }) => {
      order += new TextDecoder().decode(bytes);
    });
    await rig2.result;
    expect(order).to.equal('o0e0o1e1o2e2o3e3o4e4');
  });

  it('reports an uncaught exception as Python does, with its source lines', async () => {
    const { outcome, stderr, stdout } = await rig.python.run(
      'def divide(a, b):\n    return a / b\n\nprint("before")\ndivide(1, 0)\n',
    );
    expect(stdout).to.equal('before\n');
    expect(stderr).to.equal(
      [
        'Traceback (most recent call last):',
        '  File "test.py", line 5, in <module>',
        '    divide(1, 0)',
        '    ~~~~~~^^^^^^',
        '  File "test.py", line 2, in divide',
        '    return a / b',
        '           ~~^~~',
        'ZeroDivisionError: division by zero',
        '',
      ].join('\n'),
    );
    if (outcome.kind !== 'exited' || outcome.traceback === null) throw new Error('no traceback');
    expect(outcome.code).to.equal(1);
    expect(outcome.traceback).to.include({
      type: 'ZeroDivisionError',
      module: 'builtins',
      message: 'division by zero',
      syntax: null,
      cause: null,
    });
    expect(outcome.traceback.frames).to.deep.equal([
      { file: 'test.py', name: '<module>', line: 5, endLine: 5, column: 0, endColumn: 12 },
      { file: 'test.py', name: 'divide', line: 2, endLine: 2, column: 11, endColumn: 16 },
    ]);
  });

  it('reports causes and groups in structure', async () => {
    const { outcome } = await rig.python.run(
      `try:
    {}['key']
except KeyError as error:
    raise ExceptionGroup('both', [ValueError('one'), TypeError('two')]) from error`,
    );
    if (outcome.kind !== 'exited' || outcome.traceback === null) throw new Error('no traceback');
    expect(outcome.traceback.cause).to.include({ type: 'KeyError', message: "'key'" });
    expect(outcome.traceback.exceptions.map((member) => member.type)).to.deep.equal([
      'ValueError',
      'TypeError',
    ]);
  });

  it('has its line numbers from the document it is a part of', async () => {
    const { stderr } = await rig.python.run('x = 1\nx.missing', { firstLine: 41 });
    expect(stderr).to.include('File "test.py", line 42, in <module>\n    x.missing\n');
  });

  it('takes an indented selection, and leaves the inside of strings alone', async () => {
    const source = '    text = """one\n  two\n      three"""\n    if text:\n        print(text)\n';
    const { stdout, stderr } = await rig.python.run(source, { mayBeIndented: true });
    expect(stderr).to.equal('');
    expect(stdout).to.equal('one\n  two\n      three\n');
  });

  it('reports a selection that dedents below its start as Python does', async () => {
    const { stderr } = await rig.python.run('    x = 1\nprint(x)\n', { mayBeIndented: true });
    expect(stderr).to.include('IndentationError: unexpected indent');
    expect(stderr).to.include('line 1');
  });

  it('runs as __main__ in one namespace', async () => {
    const { stdout } = await rig.python.run(
      `def factorial(n): return 1 if n < 2 else n * factorial(n - 1)
offset = 10
print(__name__, factorial(5), [offset + i for i in range(3)], __file__)
import pickle
class Point:
    def __init__(self): self.x = 1
print(pickle.loads(pickle.dumps(Point())).x)`,
    );
    expect(stdout).to.equal('__main__ 120 [10, 11, 12] /workspace/test.py\n1\n');
  });

  it('finds globals that were given: JSON and bytes', async () => {
    const { stdout } = await rig.python.run('print(number, names, raw)', {
      globals: { number: 3, names: { a: [1, null, true] }, raw: Uint8Array.of(0, 255, 10) },
    });
    expect(stdout).to.equal(String.raw`3 {'a': [1, None, True]} b'\x00\xff\n'` + '\n');
  });

  it('shows the value of a last expression when asked to', async () => {
    const shown = await rig.python.run("x = 'a'\nx * 3", { displayLastExpression: true });
    expect(shown.stdout).to.equal("'aaa'\n");
    expect(shown.value).to.equal("'aaa'");
    const none = await rig.python.run('None', { displayLastExpression: true });
    expect(none).to.include({ stdout: '', value: null });
    const off = await rig.python.run("'aaa'");
    expect(off).to.include({ stdout: '', value: null });
  });

  const exits: readonly [source: string, code: number, stderr: string][] = [
    ['import sys; sys.exit()', 0, ''],
    ['import sys; sys.exit(3)', 3, ''],
    ['import sys; sys.exit("message")', 1, 'message\n'],
    ['raise SystemExit', 0, ''],
    ['exit(4)', 4, ''],
    ['import os; os._exit(5)', 5, ''],
    ['import sys; sys.exit(256 + 7)', 7, ''],
  ];
  for (const [source, code, stderr] of exits) {
    it(`exits as python3 does: ${source}`, async () => {
      const result = await rig.python.run(source);
      expect(result.outcome).to.deep.equal({ ...EXITED, code });
      expect(result.stderr).to.equal(stderr);
    });
  }

  it('runs atexit functions, after an exception too', async () => {
    const { stdout, outcome } = await rig.python.run(
      'import atexit\natexit.register(print, "bye")\nprint("hello")\n1/0',
    );
    expect(stdout).to.equal('hello\nbye\n');
    expect(outcome).to.include({ kind: 'exited', code: 1 });
  });

  it('destroys its objects at its end, and writes out the files it left open', async () => {
    const { stdout } = await rig.python.run(
      `class A:
    def __del__(self): print('destroyed')
a = A()
f = open(1, 'w', closefd=False)
f.write('left open\\n')
print('end')`,
    );
    expect(stdout.split('\n').sort()).to.deep.equal(['', 'destroyed', 'end', 'left open']);
  });

  it('knows its own source', async () => {
    const { stdout } = await rig.python.run(
      'import inspect\ndef f(x):\n    return x + 1  # kept\nprint(inspect.getsource(f))',
    );
    expect(stdout).to.equal('def f(x):\n    return x + 1  # kept\n\n');
  });

  it('is not on a terminal, has no frames of ours, no environment, no arguments', async () => {
    const { stdout } = await rig.python.run(
      `import os, sys, inspect
print(sys.stdin.isatty(), sys.stdout.isatty(), sys.stderr.isatty())
print(len(inspect.stack()), dict(os.environ), sys.argv, os.getcwd(), os.listdir('.'))`,
    );
    expect(stdout).to.equal("False False False\n1 {} ['test.py'] /workspace []\n");
  });

  it('reads stdin as it was given, then its end', async () => {
    const { stdout, stderr } = await rig.python.run('print(input(), input())\ninput()', {
      stdin: 'one\nzwei ü\n',
    });
    expect(stdout).to.equal('one zwei ü\n');
    expect(stderr).to.include('EOFError: EOF when reading a line');
  });

  it('honours an excepthook of its own', async () => {
    const { stderr } = await rig.python.run(
      'import sys\nsys.excepthook = lambda t, e, tb: print("mine:", e, file=sys.stderr)\n1/0',
    );
    expect(stderr).to.equal('mine: division by zero\n');
  });

  it('survives what it does to the modules that report its end', async () => {
    const { stderr, outcome } = await rig.python.run(
      `import sys, json, traceback, builtins
sys.stdout = None
json.dumps = json.loads = traceback.print_exception = None
del builtins.len, builtins.print, builtins.isinstance
sys.modules.clear()
raise ValueError('still told')`,
    );
    expect(outcome).to.include({ kind: 'exited', code: 1 });
    expect(stderr).to.include('ValueError: still told');
    expect((await rig.python.run('print(1)')).stdout).to.equal('1\n');
  });
});
