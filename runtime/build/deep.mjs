// Runs programs that recurse as deep as they can, and tells which of them overflow the host's stack.
//
//     node runtime/build/deep.mjs [STACK_KB] [HOST_STACK_MB] [NAME]
//
// An overflow is no hang and loses no worker, but it ends the run without a traceback: there should be none.

import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { deepPrograms } from './check/deepPrograms.mjs';
import { loadRuntime, restore } from './host/runner.mjs';

const DEPTHS = [20_000, 200_000];

if (isMainThread) {
  const [stackKb = '1024', hostStackMb = '16', name] = process.argv.slice(2);
  const counts = { ok: 0, trapped: 0 };
  for (const [title, source] of Object.entries(deepPrograms)) {
    if (name !== undefined && title !== name) continue;
    for (const depth of source.includes('DEPTH') ? DEPTHS : [0]) {
      const outcome = await runInWorker(
        source.replaceAll('DEPTH', String(depth)),
        Number(stackKb),
        Number(hostStackMb),
      );
      counts[outcome.trapped ? 'trapped' : 'ok']++;
      console.log(`${outcome.trapped ? 'TRAP' : 'ok  '} ${title} ${depth || ''} ${outcome.text}`);
    }
  }
  console.log(counts);
  process.exitCode = counts.trapped > 0 ? 1 : 0;
} else {
  const runtime = loadRuntime(new URL('../', import.meta.url));
  const guest = restore(runtime, { stackKb: workerData.stackKb });
  const started = performance.now();
  try {
    const { code, stderr } = guest.run(workerData.source);
    const last = stderr.trimEnd().split('\n').at(-1)?.slice(0, 90);
    const elapsed = (performance.now() - started).toFixed(0);
    parentPort?.postMessage({ trapped: false, text: `${elapsed} ms, exit ${code} ${last}` });
  } catch (error) {
    parentPort?.postMessage({ trapped: true, text: String(error) });
  }
}

/**
 * @param {string} source
 * @param {number} stackKb
 * @param {number} hostStackMb
 * @returns {Promise<{ trapped: boolean, text: string }>}
 */
function runInWorker(source, stackKb, hostStackMb) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { source, stackKb },
      resourceLimits: { stackSizeMb: hostStackMb },
    });
    worker.once('message', (outcome) => {
      resolve(outcome);
      void worker.terminate();
    });
    worker.once('error', reject);
  });
}
