// Running code as a user does: palette and context menu, files and untitled documents.
import { expect } from 'chai';
import { emptyChannel, finishedRun } from './channel.mjs';
import { commands, runMenuItem } from './labels.mjs';
import { useWorkbench } from './useWorkbench.mjs';

const sum = `total = 0
for n in range(5):
    total += n
print(total)
`;

describe('running', () => {
  const workbench = useWorkbench();
  afterEach('empty the channel', () => emptyChannel(workbench()));

  it('runs the selected lines through the palette', async () => {
    const { editor, output } = workbench();
    await editor.open('hello.py');
    await editor.selectLines(2, 5);
    await workbench().runCommand(commands.run);
    const { title, body, end } = await finishedRun(workbench());
    expect(await output.channelName()).to.equal('Wasm Sandbox');
    expect(title).to.equal('hello.py, lines 2-5');
    expect(body).to.match(/^Hello from CPython 3\.14\.\d+$/);
    expect(end).to.match(/^✓ finished in \d+(\.\d)? m?s$/);
  });

  it('runs the selected lines through the context menu of the editor', async () => {
    const { editor } = workbench();
    await editor.open('hello.py');
    await editor.selectLines(8, 9);
    await editor.clickContextMenu(9, runMenuItem);
    const { title, body, end } = await finishedRun(workbench());
    expect(title).to.equal('hello.py, lines 8-9');
    expect(body).to.equal('Hello, World!\nHello, Sandbox!');
    expect(end).to.match(/^✓ finished/);
  });

  it('runs all of the file where nothing is selected', async () => {
    const { editor } = workbench();
    await editor.open('hello.py');
    await editor.goTo(1);
    await workbench().runCommand(commands.run);
    const { title, body } = await finishedRun(workbench());
    expect(title).to.equal('hello.py');
    expect(body).to.match(/^Hello from [^]*\nThis machine is wasi wasm32\n[^]*Hello, Sandbox!$/);
  });

  it('runs a document that is not saved anywhere', async () => {
    await workbench().editor.openUntitled(sum, 'Python');
    await workbench().runCommand(commands.runFile);
    const { title, body } = await finishedRun(workbench());
    expect(title).to.match(/^Untitled-\d+$/);
    expect(body).to.equal('10');
  });

  it('shows the traceback of a program that fails', async () => {
    await workbench().editor.open('cells.py');
    await workbench().runCommand(commands.runFile);
    const { body, end } = await finishedRun(workbench());
    expect(body).to.match(/^3 × the\n/);
    expect(body).to.match(
      /File "cells\.py", line 14, in <module>[^]*ValueError: what is a quick\?$/,
    );
    expect(end).to.match(/^✗ exited with code 1 after /);
  });

  it('lets nothing out', async () => {
    await workbench().editor.open('escape.py');
    await workbench().runCommand(commands.runFile);
    await workbench().output.waitForLines(/^\u2b22 {3}refused: /, 1);
    const { body, end, after } = await finishedRun(workbench());
    const attempts = body.split('\n').filter((line) => /^[a-z /]+: /.test(line));
    expect(attempts).to.have.length(6);
    expect(attempts.pop()).to.equal('take secrets: got {}');
    for (const attempt of attempts) expect(attempt).to.match(/: \w*Error: /);
    expect(end).to.match(/^✓ finished/);
    expect(after).to.deep.equal([
      '\u2b22   refused: open /etc/passwd (1), open /owned.txt (1); ' +
        'reported by Python: subprocess.Popen id (1), connect example.com:80 (1)',
    ]);
  });
});
