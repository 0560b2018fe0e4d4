import { expect } from 'chai';
import { useRig } from '../support/useRig.js';

const HOST = 'import _wasm_sandbox_host as host\n';

/** Beside its output a program has one more way to the engine. What comes through it is its word. */
describe('reports that a program forges', () => {
  const rig = useRig();

  it('are no exception where none ended the program', async () => {
    const { outcome } = await rig.python.run(
      `${HOST}host.report(1, b'{"type":"SystemError","message":"disk full"}')`,
    );
    expect(outcome).to.deep.equal({ kind: 'exited', code: 0, traceback: null });
  });

  it('are no exception where the program exits by itself', async () => {
    const { outcome } = await rig.python.run(
      'import os, sys\nsys.excepthook = lambda *_: os._exit(0)\nraise ValueError',
    );
    expect(outcome).to.deep.equal({ kind: 'exited', code: 0, traceback: null });
  });

  it('are no value where none was to be shown', async () => {
    const { value } = await rig.python.run(`${HOST}host.report(2, b'42')\n7`);
    expect(value).to.equal(null);
  });

  it('do not take the place of the value that is shown', async () => {
    const { value } = await rig.python.run(`${HOST}_ = host.report(2, b'42')\n7`, {
      displayLastExpression: true,
    });
    expect(value).to.equal('7');
  });

  it('are cut to what a traceback may hold, in depth, width and length', async () => {
    const report =
      `b'{"type":"' + b'T' * 100_000 + b'","frames":[' + b','.join([b'{"file":"f","line":1}'] * 999) + b'],
"notes":[' + b','.join([b'"n"'] * 999) + b'],"exceptions":[' + b','.join([b'{"type":"e"}'] * 999) + b'],"cause":' +
b'{"type":"c","cause":' * 50 + b'null' + b'}' * 50 + b'}'`.replaceAll('\n', '');
    const { outcome } = await rig.python.run(
      `${HOST}
class Reported(Exception):
    def __str__(self): raise SystemExit
import sys
sys.modules['_wasm_sandbox.describe'].describe.__code__ = (lambda error: __import__('_wasm_sandbox_host').report(1, ${report})).__code__
raise Reported`,
    );
    if (outcome.kind !== 'exited' || outcome.traceback === null) throw new Error(outcome.kind);
    const { type, frames, notes, exceptions } = outcome.traceback;
    expect([type.length, frames.length, notes.length, exceptions.length]).to.deep.equal([
      8192, 200, 64, 64,
    ]);
    let depth = 0;
    for (let { cause } = outcome.traceback; cause !== null; { cause } = cause) depth++;
    expect(depth).to.equal(15);
  });

  it('are nothing where they are not JSON, and leave out what has the wrong type', async () => {
    const raise = (report: string): string => `import sys
sys.modules['_wasm_sandbox.describe'].describe.__code__ = (lambda error: __import__('_wasm_sandbox_host').report(1, ${report})).__code__
raise ValueError`;
    for (const report of [
      "b'['",
      "b'[' * 250_000",
      "b'null'",
      "b'[]'",
      "b'{}'",
      'b\'{"type":1}\'',
    ]) {
      const { outcome } = await rig.python.run(raise(report));
      expect(outcome, report).to.deep.equal({ kind: 'exited', code: 1, traceback: null });
    }
    const { outcome } = await rig.python.run(
      raise(
        `b'{"type":"x","__proto__":{"message":"y"},"module":{},"notes":"no","frames":[5,{"line":1},{"file":"f","line":-1}],"syntax":[],"suppressContext":1}'`,
      ),
    );
    expect(outcome).to.deep.equal({
      kind: 'exited',
      code: 1,
      traceback: {
        type: 'x',
        module: '',
        message: '',
        notes: [],
        frames: [],
        syntax: null,
        cause: null,
        context: null,
        suppressContext: false,
        exceptions: [],
      },
    });
  });
});
