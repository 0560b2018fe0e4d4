import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { errorMessage } from '../../common/errorMessage.js';
import { OutputDecoder } from '../../engine/outputDecoder.js';
import { InvalidPolicyError } from '../../engine/policy.js';
import { InvalidProgramError } from '../../engine/program.js';
import type { Run, RunRequest } from '../../engine/run.js';
import { Sandbox } from '../../engine/sandbox.js';
import { createNodeHost } from '../desktop/nodeHost.js';
import { parseCliArguments, USAGE, UsageError, type RunArguments } from './arguments.js';
import { describeOutcome, exitCode } from './exitCode.js';
import { describeRefusals, refusalReport } from './refusals.js';
import { printSelfTest } from './selfTest.js';

const EXIT_USAGE = 64;
const EXIT_FAILURE = 70;

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  let sandbox: Sandbox | null = null;
  try {
    const args = parseCliArguments(argv, process.env);
    const dist = path.dirname(fileURLToPath(import.meta.url));
    const host = createNodeHost({
      runtimeFolder: path.join(dist, '..', 'runtime'),
      workerFile: path.join(dist, 'worker.cjs'),
    });
    if (args.mode === 'selfTest') {
      return await printSelfTest(host, await readFile(path.join(dist, 'attacks.json')), args.json);
    }
    const request = await readRequest(args);
    sandbox = new Sandbox(host);
    const run = sandbox.start(request);
    process.on('SIGINT', () => {
      run.stop();
    });
    return await (args.json ? printJson(run) : stream(run));
  } catch (error) {
    if (
      error instanceof UsageError ||
      error instanceof InvalidPolicyError ||
      error instanceof InvalidProgramError
    ) {
      process.stderr.write(`sandbox: ${error.message}\n${USAGE}\n`);
      return EXIT_USAGE;
    }
    process.stderr.write(`sandbox: ${errorMessage(error)}\n`);
    return EXIT_FAILURE;
  } finally {
    sandbox?.dispose();
  }
}

async function readRequest(args: RunArguments): Promise<RunRequest> {
  const source = await readInput(args.file);
  return {
    program: {
      name: args.file === '-' ? '<stdin>' : path.basename(args.file),
      blocks: [{ source, firstLine: 1, mayBeIndented: false }],
      encoding: 'file',
      displayLastExpression: false,
      globals: args.globals,
    },
    policy: {
      ...args.policy,
      ...(args.stdinFile === null ? {} : { stdin: await readInput(args.stdinFile) }),
    },
  };
}

/** @throws UsageError if it cannot be read */
async function readInput(file: string): Promise<Uint8Array> {
  try {
    return file === '-' ? await buffer(process.stdin) : await readFile(file);
  } catch (error) {
    throw new UsageError(errorMessage(error));
  }
}

async function stream(run: Run): Promise<number> {
  run.onOutput(({ stream: name, bytes }) => {
    (name === 'stdout' ? process.stdout : process.stderr).write(bytes);
  });
  const { outcome, refusals } = await run.result;
  for (const line of [describeOutcome(outcome), describeRefusals(refusals)]) {
    if (line !== null) process.stderr.write(`sandbox: ${line}\n`);
  }
  return exitCode(outcome);
}

async function printJson(run: Run): Promise<number> {
  const text = { stdout: '', stderr: '' };
  const decoder = new OutputDecoder();
  run.onOutput((chunk) => {
    text[chunk.stream] += decoder.decode(chunk);
  });
  const { outcome, durationMs, memoryBytes, fuel, refusals } = await run.result;
  for (const name of ['stdout', 'stderr'] as const) text[name] += decoder.flush(name);
  const report = { outcome, ...text, durationMs, memoryBytes, fuel, ...refusalReport(refusals) };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  return exitCode(outcome);
}
