import { expect } from 'chai';
import * as vscode from 'vscode';
import { channelMatching, clearChannel } from './channel.js';
import { openPython, selectLines } from './pythonEditor.js';

const mark = '\u2b22';
const run = (resource?: vscode.Uri) => vscode.commands.executeCommand('wasmSandbox.run', resource);
const runFile = () => vscode.commands.executeCommand('wasmSandbox.runFile');

/** A channel that holds one run, or so many, to the end. */
const ended = (runs = 1) =>
  new RegExp(`^(${mark} ▶[^${mark}]*${mark} [^▶]*\\n\\n){${String(runs)}}$`);

describe('running Python', () => {
  beforeEach(clearChannel);
  afterEach(async () => {
    const settings = vscode.workspace.getConfiguration('wasmSandbox');
    const changed = [
      'limits.timeoutSeconds',
      'limits.outputMegabytes',
      'output.showLastExpression',
    ];
    for (const key of changed) {
      await settings.update(key, undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('runs the selected lines only', async () => {
    const editor = await openPython('print("one")', 'print("two")', 'print("three")');
    selectLines(editor, [2, 2]);
    await run();
    const text = await channelMatching(ended());
    expect(text).to.match(/, line 2 · /);
    expect(text.split('\n')[1]).to.equal('two');
    expect(text).to.not.include('one').and.not.include('three');
  });

  it('runs all selections, in the order of the document', async () => {
    const editor = await openPython('x = 20', 'x = 0', 'x += 1', 'print(x)');
    selectLines(editor, [3, 4], [1, 1]);
    await run();
    expect(await channelMatching(ended())).to.match(/, lines 1, 3-4 · .*\n21\n/);
  });

  it('runs the whole document where nothing is selected', async () => {
    await openPython('x = 1', 'print(x + 1)');
    await run();
    expect(await channelMatching(ended())).to.match(/▶ \S+ · .*\n2\n/);
  });

  it('runs the whole file on "Run File", whatever is selected', async () => {
    const editor = await openPython('x = 1', 'print(x + 1)');
    selectLines(editor, [1, 1]);
    await runFile();
    expect(await channelMatching(ended())).to.include('\n2\n');
  });

  it('runs a file of the workspace that no editor shows', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    if (!folder) throw new Error('no folder is open');
    await run(vscode.Uri.joinPath(folder.uri, 'hello.py'));
    expect(await channelMatching(ended())).to.match(/▶ hello\.py · .*\nHello from CPython 3\./);
  });

  it('runs what is in the editor, not what is saved', async () => {
    const editor = await openPython('print("before")');
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), 'print("unsaved")\n');
    });
    await run();
    expect(await channelMatching(ended())).to.include('unsaved\nbefore\n');
  });

  it('names the line of the document in a traceback', async () => {
    const editor = await openPython('# one', '# two', 'def f():', '    1 / 0', 'f()');
    selectLines(editor, [3, 5]);
    await run();
    const text = await channelMatching(ended());
    expect(text).to.match(/line 5, in <module>[^]*line 4, in f[^]*ZeroDivisionError/);
    expect(text).to.match(/✗ exited with code 1 after .*: ZeroDivisionError/);
  });

  it('shows the value of the last expression of a selection, as the settings say', async () => {
    const editor = await openPython('6 * 7');
    selectLines(editor, [1, 1]);
    await run();
    expect(await channelMatching(ended())).to.include('\n42\n');

    await vscode.workspace
      .getConfiguration('wasmSandbox')
      .update('output.showLastExpression', 'never', vscode.ConfigurationTarget.Global);
    await clearChannel();
    await run();
    expect(await channelMatching(ended())).to.not.include('\n42\n');
  });

  it('gives every run a fresh interpreter and fresh files', async () => {
    const editor = await openPython(
      'import os; secret = 1; open("left", "w").close()',
      'print("secret" in globals(), os.path.exists("left"))',
    );
    await run();
    selectLines(editor, [2, 2]);
    await clearChannel();
    await run();
    const error = /NameError/; // `os` of the first run is gone as well
    expect(await channelMatching(ended())).to.match(error);
  });

  it('ends a run at its time limit', async () => {
    await vscode.workspace
      .getConfiguration('wasmSandbox')
      .update('limits.timeoutSeconds', 0.5, vscode.ConfigurationTarget.Global);
    await openPython('print("begun", flush=True)', 'while True: pass');
    await run();
    const text = await channelMatching(ended());
    expect(text).to.include('\nbegun\n');
    expect(text).to.include(`${mark} ✗ timed out after 0.5 s`);
  });

  it('stops a run, whose finally block still runs, and runs the next one', async () => {
    await openPython(
      'try:',
      '    print("begun")',
      '    while True: pass',
      'finally:',
      '    print("cleaned up")',
    );
    const first = run();
    await channelMatching(/begun\n/);
    await vscode.commands.executeCommand('wasmSandbox.stop');
    await first;
    const stopped = await channelMatching(ended());
    expect(stopped).to.match(/■ stopped after /);
    expect(stopped).to.include('\nbegun\ncleaned up\n');

    const editor = await openPython('print("again")');
    selectLines(editor, [1, 1]);
    await run();
    expect(await channelMatching(ended(2))).to.include('\nagain\n');
  });

  it('cuts a flood of 100 MB at the limit, and says so', async () => {
    const settings = vscode.workspace.getConfiguration('wasmSandbox');
    await settings.update('limits.outputMegabytes', 1, vscode.ConfigurationTarget.Global);
    await openPython('for _ in range(100_000): print("x" * 999)');
    await run();
    const text = await channelMatching(ended(), 60_000);
    expect(text.length)
      .to.be.greaterThan(1024 * 1024)
      .and.lessThan(1024 * 1024 + 1000);
    expect(text.slice(-300)).to.include('wasmSandbox.limits.outputMegabytes');
  }).timeout(90_000);

  it('runs one program after the other, each in a section of its own', async () => {
    await openPython('import time', 'print("a"); time.sleep(0.3); print("b")');
    const first = run();
    await openPython('print("c")');
    await Promise.all([first, run()]);
    expect(await channelMatching(ended(2))).to.match(/\na\nb\n[^]*\nc\n/);
  });

  it('keeps the host out of reach', async () => {
    await openPython(
      'import os',
      'print(sorted(os.environ), os.getcwd())',
      'try: print(open("/etc/passwd").read())',
      'except OSError as error: print(type(error).__name__)',
    );
    await run();
    const text = await channelMatching(ended());
    expect(text).to.match(/\n(FileNotFoundError|PermissionError)\n/);
    expect(text).to.not.include('root:');
    if (hostVariables().length > 0) expect(text).to.not.match(/'PATH'|'HOME'/);
  });
});

/** The names of the environment variables that the extension host itself has. */
function hostVariables(): string[] {
  return typeof process === 'object' ? Object.keys(process.env) : [];
}
