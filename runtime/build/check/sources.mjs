// How the document becomes a program.

import assert from 'node:assert/strict';

/**
 * @param {import('../host/runner.mjs').MakeGuest} guest
 * @returns {Record<string, () => void>}
 */
export const sources = (guest) => ({
  'a syntax error has its place and no traceback'() {
    const { stderr, exception } = guest().run('x = (1,\ny = 2', {
      blocks: [{ bytes: 13, firstLine: 7, indented: false }],
    });
    assert.equal(
      stderr,
      `  File "sample.py", line 7\n    x = (1,\n        ^\nSyntaxError: '(' was never closed\n`,
    );
    assert.deepEqual(
      [exception.syntax.line, exception.syntax.column, exception.frames.length],
      [7, 4, 0],
    );
    assert.match(
      guest().run('return 1').stderr,
      /\n {4}return 1\n {4}\^+\nSyntaxError: 'return' outside function\n$/u,
    );
  },

  'blocks keep their lines, and run as one program'() {
    const sources = ['def f():\n    return 1 / 0\n', 'f()\n'];
    const { exception } = guest().run(sources, {
      blocks: [
        { bytes: sources[0].length, firstLine: 3, indented: false },
        { bytes: sources[1].length, firstLine: 20, indented: false },
      ],
    });
    assert.deepEqual(
      exception.frames.map((/** @type {any} */ frame) => frame.line),
      [20, 4],
    );
  },

  'an indented block runs, strings and all'() {
    const source = '    x = """a\n  b"""\n    # comment\n\n    print(repr(x))\n';
    for (const firstLine of [1, 5]) {
      const { stdout, stderr } = guest().run(source, {
        blocks: [{ bytes: source.length, firstLine, indented: true }],
      });
      assert.deepEqual([stdout, stderr], ["'a\\n  b'\n", '']);
    }
    const dedents = '    if x:\n        y\nz = 1\n';
    const blocks = [{ bytes: dedents.length, firstLine: 4, indented: true }];
    const { exception } = guest().run(dedents, { blocks });
    assert.deepEqual([exception.type, exception.syntax.line], ['IndentationError', 4]);
    const wrong = '    a = 1\n    b = = 2\n';
    const failed = guest().run(wrong, {
      blocks: [{ bytes: wrong.length, firstLine: 1, indented: true }],
    });
    assert.deepEqual([failed.exception.syntax.line, failed.exception.syntax.column], [2, 8]);
  },

  'sources: BOM, CRLF, cookie, NUL, surrogates'() {
    const bytes = (/** @type {number[]} */ ...values) => new Uint8Array(values);
    assert.equal(guest().run('\ufeffprint("é")\r\nprint(2)\r\n').stdout, 'é\n2\n');
    const latin = Buffer.from('# coding: latin-1\nprint("\xe9")\n', 'latin1');
    assert.equal(guest().run(latin, { encoding: null }).stdout, 'é\n');
    assert.equal(guest().run('# coding: latin-1\nprint("é")\n').stdout, 'é\n');
    assert.equal(guest().run(bytes(0xef, 0xbb, 0xbf, 0x31), { encoding: null }).code, 0);
    assert.match(guest().run('x = "\0"').stderr, /source code .*cannot contain null bytes/u);
    assert.match(
      guest().run(bytes(0x22, 0xed, 0xa0, 0x80, 0x22)).stderr,
      /surrogates not allowed/u,
    );
    assert.match(
      guest().run(bytes(0x22, 0xe9, 0x22), { encoding: null }).stderr,
      /SyntaxError: Non-UTF-8/u,
    );
  },

  'warnings of the compiler show their line'() {
    assert.equal(
      guest().run('x = 1\nx is 1').stderr,
      'sample.py:2: SyntaxWarning: "is" with \'int\' literal. Did you mean "=="?\n  x is 1\n',
    );
  },

  'the last value is shown once'() {
    const source =
      'class A:\n    def __repr__(self):\n        print("repr")\n        return "<A>"\nA()';
    const { stdout, value } = guest().run(source, { display: true });
    assert.deepEqual([stdout, value], ['repr\n<A>\n', '<A>']);
    assert.equal(guest().run('None', { display: true }).value, undefined);
    const hooked = guest().run('import sys\nsys.displayhook = lambda v: print("hook", v)\n5', {
      display: true,
    });
    assert.deepEqual([hooked.stdout, hooked.value], ['hook 5\n', '5']);
    const lazy = guest().run('from __future__ import annotations\nx: undefined = 1\nx', {
      display: true,
    });
    assert.equal(lazy.value, '1');
  },
});
