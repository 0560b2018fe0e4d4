import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const cli = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'cli.mjs');

describe('the terminal runner', function () {
  this.timeout(60_000);
  let folder = '';

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sandbox-cli-'));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  /** Runs it as a shell would; `onPrint` sees what it printed so far. */
  function sandbox(
    args: readonly string[],
    input = '',
    onPrint?: (stdout: string, pid: number, stderr: string) => void,
  ) {
    return new Promise<{ code: number | null; stdout: string; stderr: string }>(
      (resolve, reject) => {
        const child = spawn(process.execPath, [cli, ...args], { cwd: folder });
        let stdout = '';
        let stderr = '';
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          stdout += text;
          if (child.pid !== undefined) onPrint?.(stdout, child.pid, stderr);
        });
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          stderr += text;
          if (child.pid !== undefined) onPrint?.(stdout, child.pid, stderr);
        });
        child.on('error', reject);
        child.on('close', (code) => {
          resolve({ code, stdout, stderr });
        });
        child.stdin.end(input);
      },
    );
  }

  it('runs a file, streams both outputs and exits with its code', async () => {
    await writeFile(
      path.join(folder, 'a.py'),
      'import sys\nprint("out")\nprint("err", file=sys.stderr)\nsys.exit(3)',
    );
    expect(await sandbox(['a.py'])).to.deep.equal({ code: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it('runs what comes from stdin', async () => {
    expect(await sandbox(['-'], 'print(1 + 1)')).to.include({ code: 0, stdout: '2\n' });
  });

  it('prints one JSON object', async () => {
    const { stdout, code } = await sandbox(
      ['--json', '--globals', '{"n": 2}', '-'],
      'print(n)\n1/0',
    );
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect(code).to.equal(1);
    expect(Object.keys(report)).to.deep.equal([
      'outcome',
      'stdout',
      'stderr',
      'durationMs',
      'memoryBytes',
      'fuel',
      'refused',
      'refusedOmitted',
    ]);
    expect(report).to.include({ stdout: '2\n' });
    expect(report['stderr']).to.match(/ZeroDivisionError: division by zero\n$/);
    expect(report['outcome']).to.include({ kind: 'exited', code: 1 });
    expect(report['durationMs']).to.be.above(0);
    expect(report['memoryBytes']).to.be.above(1_000_000);
  });

  it('gives a file as stdin', async () => {
    await writeFile(path.join(folder, 'in.txt'), 'line\n');
    const { stdout } = await sandbox(['--stdin', 'in.txt', '-'], 'print(input() * 2)');
    expect(stdout).to.equal('lineline\n');
  });

  const codes: readonly [
    what: string,
    args: string[],
    source: string,
    code: number,
    said: RegExp,
  ][] = [
    ['timed out', ['--timeout-ms', '300'], 'while True: pass', 124, /300 ms \(--timeout-ms\)/],
    ['over the memory', ['--memory-mb', '64'], 'x = [0] * 10**9', 137, /--memory-mb/],
    ['out of fuel', ['--fuel', '10'], 'while True: pass', 137, /10 ticks exceeded \(--fuel\)/],
    ['over the output', ['--max-output-bytes', '5'], 'print("123456")', 137, /--max-output-bytes/],
  ];
  for (const [what, args, source, code, said] of codes) {
    it(`exits with ${String(code)} when ${what}, and names the option`, async () => {
      const result = await sandbox([...args, '-'], source);
      expect(result.code).to.equal(code);
      expect(result.stderr).to.match(said);
    });
  }

  it('grants the variables that it is given by name or with a value', async () => {
    const args = ['--env', 'LANG=x=y', '--env', 'PATH', '--json', '-'];
    const { stdout } = await sandbox(args, 'import os\nprint(*os.environ.items())');
    const report = JSON.parse(stdout) as { stdout: string };
    expect(report.stdout).to.equal(`('LANG', 'x=y') ('PATH', '${process.env['PATH'] ?? ''}')\n`);
  });

  it('repeats a deterministic run byte for byte', async () => {
    const source = 'import os, time\nprint(time.time(), os.urandom(4).hex())';
    const one = await sandbox(['--deterministic', '5', '-'], source);
    const two = await sandbox(['--deterministic', '5', '-'], source);
    expect(one.stdout).to.match(/^1767225600\.0\d* [0-9a-f]{8}\n$/);
    expect(two.stdout).to.equal(one.stdout);
  });

  it('says what was refused: in a line, and in the report', async () => {
    const source = 'for i in range(2):\n  try: open("/etc/\\x1b[31m")\n  except OSError: pass';
    const { stderr, code } = await sandbox(['-'], source);
    expect([code, stderr]).to.deep.equal([0, 'sandbox: refused: open /etc/?[31m (2)\n']);
    const { stdout } = await sandbox(['--json', '-'], source);
    const { refused, refusedOmitted } = JSON.parse(stdout) as Record<string, unknown>;
    expect(refusedOmitted).to.equal(0);
    expect(refused).to.deep.equal([
      { seenBy: 'wasi', operation: 'open', target: '/etc/\x1b[31m', count: 2, errno: 'ENOENT' },
    ]);
  });

  it('attacks itself on --self-test, until Ctrl+C, and reports on what was made', async () => {
    let isSent = false;
    const { code, stdout, stderr } = await sandbox(['--self-test'], '', (_text, pid, log) => {
      if (isSent || !log.includes('processes: ')) return;
      isSent = true;
      process.kill(pid, 'SIGINT');
    });
    expect(code).to.equal(1);
    expect(stderr).to.match(/^paths: \d+ attempts\nprocesses: \d+ attempts\n$/);
    expect(stdout).to.match(
      /^# Wasm Sandbox: security self-test\n\n\*\*All of the \d+ attempts .*\*\* Cancelled: \d+ attempts were not made\.\n/,
    );
    expect(stdout).to.include('✓ refused · opens /etc/passwd · exited 0');
  });

  it('stops the program at Ctrl+C, as Stop does', async () => {
    await writeFile(
      path.join(folder, 'loop.py'),
      'try:\n    print("started")\n    while True: pass\nfinally:\n    print("cleaned up")',
    );
    let isSent = false;
    const { code, stdout } = await sandbox(['loop.py'], '', (text, pid) => {
      if (isSent || !text.includes('started\n')) return;
      isSent = true;
      process.kill(pid, 'SIGINT');
    });
    expect(stdout).to.equal('started\ncleaned up\n');
    expect(code).to.equal(130);
  });

  const wrong: Record<string, string[]> = {
    'no file': [],
    'a file that is not there': ['none.py'],
    'an unknown option': ['--allow-network', 'a.py'],
    'a limit out of range': ['--memory-mb', '1', 'a.py'],
    'a global that is no identifier': ['--globals', '{"a b": 1}', 'a.py'],
  };
  for (const [what, args] of Object.entries(wrong)) {
    it(`exits with 64 for ${what}, and says how it is used`, async () => {
      const { code, stderr, stdout } = await sandbox(args);
      expect(code).to.equal(64);
      expect(stdout).to.equal('');
      expect(stderr).to.match(/^sandbox: .+\nusage: sandbox /);
    });
  }
});
