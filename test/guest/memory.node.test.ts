import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { resolvePolicy } from '../../src/engine/policy.js';
import { encodeRequest } from '../../src/engine/program.js';
import { Interpreter, type InterpreterParts } from '../../src/guest/interpreter.js';
import { SignalFlag } from '../../src/guest/signalFlag.js';
import { parseSnapshot } from '../../src/guest/snapshot.js';

const runtime = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'runtime');

async function loadParts(): Promise<InterpreterParts> {
  return {
    module: await WebAssembly.compile(await readFile(path.join(runtime, 'python.wasm'))),
    snapshot: parseSnapshot(await readFile(path.join(runtime, 'python.img'))),
    stdlib: await readFile(path.join(runtime, 'python314.zip')),
    capabilities: { stackLimitKiB: 48, jspi: false },
    signals: new SignalFlag(new Int32Array(new SharedArrayBuffer(4))),
  };
}

describe('the memory of the next run', () => {
  it('holds nothing of the last one', async () => {
    const parts = await loadParts();
    const run = async (source: string): Promise<Buffer> => {
      const interpreter = new Interpreter(parts, resolvePolicy());
      const request = encodeRequest({
        name: 'test.py',
        blocks: [{ source: Buffer.from(source), firstLine: 1, mayBeIndented: false }],
        encoding: 'text',
        displayLastExpression: false,
      });
      const sink = { output: () => undefined, report: () => undefined, refused: () => undefined };
      const end = await interpreter.run(request, new Uint8Array(), Infinity, sink);
      expect(end).to.include({ kind: 'returned', exitCode: 0 });
      return Buffer.from(interpreter.memory.buffer);
    };
    // Built at run time, so that the source itself does not hold it.
    const secret = 'hunter2'.repeat(3);
    const keep = `secrets = ["-".join(["hunter2" * 3, str(i)]) for i in range(1000)]
open("/tmp/secret", "w").write(secrets[0])`;
    expect((await run(keep)).includes(secret), 'found where it was').to.equal(true);
    expect((await run('x = [str(i) for i in range(1000)]')).includes(secret)).to.equal(false);
  });
});
