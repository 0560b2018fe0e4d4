import { expect } from 'chai';
import { encodeWtf8 } from '../../src/engine/wtf8.js';
import { useRig } from '../support/useRig.js';

describe('source text', () => {
  const rig = useRig();

  it('keeps triple quotes, backslashes, tabs and emoji', async () => {
    const source = String.raw`print('''a"""b\\n''', r"\d", """it's '''""", '🐍 é \t|')`;
    const { stdout } = await rig.python.run(source);
    expect(stdout).to.equal("a\"\"\"b\\n \\d it's ''' 🐍 é \t|\n");
  });

  it('takes CRLF and lone CR line ends', async () => {
    const { stdout } = await rig.python.run(
      'x = 1\r\nif x:\r\n    print("yes")\r\nprint("end")\r\n',
    );
    expect(stdout).to.equal('yes\nend\n');
  });

  it('takes a BOM, as text and as a file', async () => {
    expect((await rig.python.run('\ufeffprint("bom")')).stdout).to.equal('bom\n');
    expect((await rig.python.run(encodeWtf8('\ufeffprint("bom")'))).stdout).to.equal('bom\n');
  });

  it('honours a coding cookie in a file, not in text', async () => {
    const latin = Uint8Array.from('# -*- coding: latin-1 -*-\nprint("\u00fc")', (c) =>
      c.charCodeAt(0),
    );
    expect((await rig.python.run(latin)).stdout).to.equal('ü\n');
    const text = '# -*- coding: latin-1 -*-\nprint("ü")';
    expect((await rig.python.run(text)).stdout).to.equal('ü\n');
  });

  it('reports NUL, lone surrogates and bytes that are not UTF-8 as Python does', async () => {
    expect((await rig.python.run('x = "a\0b"')).stderr).to.match(
      /SyntaxError: source code (string )?cannot contain null bytes/,
    );
    expect((await rig.python.run('x = "\ud800"')).stderr).to.include(
      "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800'",
    );
    const { stderr } = await rig.python.run(Uint8Array.of(0x78, 0x3d, 0x22, 0xff, 0x22));
    expect(stderr).to.match(/SyntaxError: .*('utf-8' codec can't decode byte 0xff|Non-UTF-8 code)/);
    expect(stderr).not.to.include('tokenize.py');
  });

  it('reports a syntax error with its place, and no frame of ours', async () => {
    const { stderr, outcome } = await rig.python.run('x = 1\nif x\n    pass', { firstLine: 10 });
    expect(stderr).to.equal(
      '  File "test.py", line 11\n    if x\n        ^\nSyntaxError: expected \':\'\n',
    );
    if (outcome.kind !== 'exited' || outcome.traceback === null) throw new Error('no traceback');
    expect(outcome.traceback.syntax).to.include({ file: 'test.py', line: 11, column: 4 });
    expect(outcome.traceback.frames).to.deep.equal([]);
  });

  it('runs 5 MB of code', async function () {
    this.timeout(120_000);
    const line = `text = '${'x'.repeat(990)}'\n`;
    const source = line.repeat(5000) + 'print(len(text))';
    expect(source.length).to.be.greaterThan(5_000_000);
    expect((await rig.python.run(source)).stdout).to.equal('990\n');
  });

  it('runs nothing, comments, and a lone expression', async () => {
    for (const source of ['', '\n\n', '# nothing', '"text"']) {
      const { outcome, stdout } = await rig.python.run(source);
      expect(outcome, source).to.include({ kind: 'exited', code: 0 });
      expect(stdout, source).to.equal('');
    }
  });

  it('refuses a global whose name is no identifier', () => {
    expect(() => rig.python.start('1', { globals: { 'a; import os': 1 } })).to.throw(
      'not a Python identifier',
    );
  });
});
