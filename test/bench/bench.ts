// npm run bench: how long a run takes, against starting python3 in the same minutes.
// `--json` prints an array of {name, value, unit, peer, peerValue, ratio}.
import { execFile, spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createTestHost } from '#testHost';
import type { RunRequest } from '../../src/engine/run.js';
import { Sandbox } from '../../src/engine/sandbox.js';
import { median } from './median.js';

const WARM_RUNS = 50;
const OTHER_RUNS = 15;
const REQUEST: RunRequest = {
  program: {
    name: 'bench.py',
    blocks: [{ source: new TextEncoder().encode('print(1)'), firstLine: 1, mayBeIndented: false }],
    encoding: 'text',
    displayLastExpression: false,
  },
};

interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms';
  readonly peer: string | null;
  readonly peerValue: number | null;
  readonly ratio: number | null;
}

if (process.argv.includes('--cold-child')) {
  const { firstOutputMs } = await coldStart();
  process.stdout.write(String(firstOutputMs));
} else {
  await main();
}

/** Everything from nothing in this process: read, compile, worker, restore, run. */
async function coldStart(): Promise<{ firstOutputMs: number }> {
  const startedAt = performance.now();
  const sandbox = new Sandbox(await createTestHost());
  const firstOutputMs = await new Promise<number>((resolve) => {
    sandbox.start(REQUEST).onOutput(() => {
      resolve(performance.now() - startedAt);
    });
  });
  sandbox.dispose();
  return { firstOutputMs };
}

async function main(): Promise<void> {
  const python = findPython();
  const samples = { warm: [], fresh: [], cold: [], peer: [] } as Record<string, number[]>;
  const sandbox = new Sandbox(await createTestHost());
  // Warm-up, not counted: V8 compiles the interpreter's hot code in the background.
  for (let i = 0; i < 10; i++) await timeRun(sandbox, REQUEST);
  for (let round = 0; round < OTHER_RUNS; round++) {
    // Interleaved, so that a slow minute of the machine hits all alike.
    for (let i = 0; i < WARM_RUNS / 10; i++) samples['warm']?.push(await timeRun(sandbox, REQUEST));
    // Another memory limit each time: the interpreter that stands ready does not fit.
    const memoryBytes = (256 + round) * 1024 * 1024;
    samples['fresh']?.push(
      await timeRun(sandbox, { ...REQUEST, policy: { limits: { memoryBytes } } }),
    );
    await timeRun(sandbox, REQUEST);
    await timeRun(sandbox, REQUEST);
    samples['cold']?.push(await timeColdChild());
    if (python !== null) samples['peer']?.push(await timePython(python.executable));
  }
  sandbox.dispose();
  const peer = python === null ? null : `${python.version} -c`;
  const peerValue = peer === null ? null : median(samples['peer'] ?? []);
  const row = (name: string, values: readonly number[]): Row => {
    const value = median(values);
    const ratio = peerValue === null ? null : peerValue / value;
    return { name, value, unit: 'ms', peer, peerValue, ratio };
  };
  const rows = [
    row('warm run', samples['warm'] ?? []),
    row('fresh interpreter, nothing prepared', samples['fresh'] ?? []),
    row('cold start to first output', samples['cold'] ?? []),
  ];
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else print(rows);
}

/** Milliseconds from start() to the outcome; the next interpreter is prepared before it returns. */
async function timeRun(sandbox: Sandbox, request: RunRequest): Promise<number> {
  const startedAt = performance.now();
  const { outcome } = await sandbox.start(request).result;
  const elapsedMs = performance.now() - startedAt;
  if (outcome.kind !== 'exited' || outcome.code !== 0) throw new Error(JSON.stringify(outcome));
  await sandbox.whenReady();
  return elapsedMs;
}

async function timeColdChild(): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    fileURLToPath(import.meta.url),
    '--cold-child',
  ]);
  return Number(stdout);
}

/** The interpreter itself: what is called python3 may be a script of a version manager. */
function findPython(): { executable: string; version: string } | null {
  const code = 'import sys; print(sys.executable); print("Python", sys.version.split()[0])';
  const { status, stdout } = spawnSync('python3', ['-c', code], { encoding: 'utf8' });
  const [executable, version] = status === 0 ? stdout.split('\n') : [];
  return executable === undefined || version === undefined ? null : { executable, version };
}

async function timePython(executable: string): Promise<number> {
  const startedAt = performance.now();
  await promisify(execFile)(executable, ['-c', 'print(1)']);
  return performance.now() - startedAt;
}

function print(rows: readonly Row[]): void {
  const [first] = rows;
  const cores = cpus();
  console.log(
    `Node ${process.version}, ${String(cores.length)} × ${cores[0]?.model ?? '?'}, medians`,
  );
  for (const { name, value, unit, ratio } of rows) {
    const against = ratio === null ? '' : `${ratio.toFixed(1)} × as fast as starting python3`;
    console.log(`${name.padEnd(38)} ${value.toFixed(2).padStart(8)} ${unit}   ${against}`);
  }
  const peer = first?.peer ?? null;
  if (peer !== null) {
    console.log(`${peer.padEnd(38)} ${(first?.peerValue ?? NaN).toFixed(2).padStart(8)} ms`);
  } else {
    console.log('python3 is not on this machine: nothing to compare with');
  }
}
