// What a program meets: as in python3, but for what is not in the sandbox.

import assert from 'node:assert/strict';

/**
 * @param {import('../host/runner.mjs').MakeGuest} guest
 * @returns {Record<string, () => void>}
 */
export const programs = (guest) => ({
  'output is written through and in order'() {
    const { stdout, stderr } = guest().run(
      'import sys\nprint("a", end="")\nprint("b", end="", file=sys.stderr)\nprint(sys.stdout.isatty())',
    );
    assert.deepEqual([stdout, stderr], ['aFalse\n', 'b']);
  },

  'print writes its text at once'() {
    const source =
      'import sys\nprint("a", 1, 2.5, None, sep="-")\nprint([1], "é", end="!")\nprint()';
    assert.equal(guest().run(source).stdout, 'a-1-2.5-None\n[1] é!\n');
  },

  'sys.exit is what it is in python3'() {
    assert.equal(guest().run('raise SystemExit').code, 0);
    assert.equal(guest().run('import sys; sys.exit(259)').code, 3);
    assert.equal(guest().run('import sys; sys.exit(-1)').code, 255);
    const message = guest().run('import sys; sys.exit("bye")');
    assert.deepEqual([message.code, message.stderr, message.uncaught], [1, 'bye\n', false]);
  },

  'an uncaught exception is printed without our frames, and reported'() {
    const result = guest().run(
      'def f(x):\n    é = "é"; return é + x\ntry:\n    {}["k"]\nexcept KeyError:\n    f(1)\n',
    );
    assert.equal(result.code, 1);
    assert.equal(result.uncaught, true);
    assert.equal(
      result.stderr,
      [
        'Traceback (most recent call last):',
        '  File "sample.py", line 4, in <module>',
        '    {}["k"]',
        '    ~~^^^^^',
        "KeyError: 'k'",
        '',
        'During handling of the above exception, another exception occurred:',
        '',
        'Traceback (most recent call last):',
        '  File "sample.py", line 6, in <module>',
        '    f(1)',
        '    ~^^^',
        '  File "sample.py", line 2, in f',
        '    é = "é"; return é + x',
        '                    ~~^~~',
        'TypeError: can only concatenate str (not "int") to str',
        '',
      ].join('\n'),
    );
    const { type, module, frames, context, suppressContext } = result.exception;
    assert.deepEqual(
      [type, module, context.type, suppressContext],
      ['TypeError', 'builtins', 'KeyError', false],
    );
    assert.deepEqual(frames[1], {
      file: 'sample.py',
      name: 'f',
      line: 2,
      endLine: 2,
      column: 20,
      endColumn: 25,
    });
  },

  '__main__ is as in python3'() {
    const { stdout } = guest().run(
      'import sys, inspect\nprint(__name__, __file__, sys.argv, n, d, inspect.stack()[0].function, len(inspect.stack()))\n' +
        'print(sorted(k for k in globals() if not k.startswith("__")))',
      { argv: ['x'], globals: { n: { json: [1, null] }, d: { base64: 'AAE=' } } },
    );
    assert.equal(
      stdout,
      `__main__ /workspace/sample.py ['sample.py', 'x'] [1, None] b'\\x00\\x01' <module> 1\n['d', 'inspect', 'n', 'sys']\n`,
    );
  },

  'hooks and atexit run'() {
    const result = guest().run(
      'import sys, atexit\natexit.register(print, "exit")\nsys.excepthook = lambda *a: print("hook", a[0].__name__)\n1 / 0',
    );
    assert.deepEqual(
      [result.stdout, result.stderr, result.code],
      ['hook ZeroDivisionError\nexit\n', '', 1],
    );
    assert.match(
      guest().run('import sys\nsys.excepthook = 1\n1 / 0').stderr,
      /Error in sys.excepthook/u,
    );
  },

  'the last run destroys its globals'() {
    const source =
      'class A:\n    def __del__(self): print("del")\na = A()\nf = open("/tmp/x", "w")\nf.write("x")\n1 / 0';
    assert.equal(guest().run(source, { final: true }).stdout, 'del\n');
    assert.equal(guest().run(source).stdout, '');
  },

  'files left open are written out'() {
    const one = guest();
    one.run('f = open("/tmp/x", "w"); f.write("kept")');
    assert.equal(one.run('print(open("/tmp/x").read())').stdout, 'kept\n');
  },

  'broken things stay the program’s'() {
    for (const source of [
      'import sys\ndel sys.stdout\n1 / 0',
      'import sys\ndel sys.modules["sys"]\n1 / 0',
      'import builtins\nbuiltins.len = builtins.isinstance = builtins.str = None\nopen("/nowhere")',
      'import json, traceback, linecache\njson.dumps = traceback.print_exception = linecache.getlines = None\n1 / 0',
      'import traceback\ntraceback._print_exception_bltin = None\n1 / 0',
      'class E(Exception):\n    def __str__(self): raise E\n    __notes__ = 5\nraise E',
      'class M(type):\n    __module__ = property(lambda s: 1 / 0)\nclass E(Exception, metaclass=M): pass\nraise E',
    ]) {
      const result = guest().run(source);
      assert.equal(result.code, 1, source);
      assert.equal(typeof result.exception.type, 'string', source);
    }
  },

  'notes say what is not there'() {
    assert.match(
      guest().run('open("data.csv")').stderr,
      /The sandbox has no access to your files/u,
    );
    assert.match(
      guest().run('open("/etc/passwd")').stderr,
      /The sandbox has no access to your files/u,
    );
    assert.match(
      guest().run('open("/nowhere")').stderr,
      /The sandbox has no access to your files/u,
    );
    assert.doesNotMatch(guest().run('open("/tmp/gone")').stderr, /access to your files/u);
    assert.match(guest().run('!pip install requests').stderr, /Packages cannot be installed/u);
    assert.match(guest().run('pip install requests').stderr, /Packages cannot be installed/u);
  },
});
