// Restores the runtime in Node and runs a few programs: does it work at all, and how fast?
//
//     node runtime/build/smoke.mjs [FILE.py]

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { loadRuntime, restore } from './host/runner.mjs';

const runtime = loadRuntime(new URL('../', import.meta.url));

const [file] = process.argv.slice(2);
if (file !== undefined) {
  const result = restore(runtime).run(fs.readFileSync(file), { filename: file, encoding: null });
  process.stdout.write(result.stdout);
  process.stderr.write(result.stderr);
  process.exit(result.code);
}

const started = performance.now();
const guest = restore(runtime);
const first = guest.run('print(1)');
const elapsed = performance.now() - started;
assert.equal(first.stdout, '1\n');
assert.equal(first.code, 0);
assert.equal(guest.run('6 * 7', { display: true }).value, '42');
const failed = guest.run('def f():\n    return 1 / 0\nf()\n');
assert.equal(failed.code, 1);
assert.equal(failed.uncaught, true);
assert.match(failed.stderr, /line 2, in f\n {4}return 1 \/ 0\n {11}~~\^~~\n/);
assert.equal(guest.run('import sys; sys.exit(3)').code, 3);
console.log(`smoke: ok; restored and ran print(1) in ${elapsed.toFixed(1)} ms`);
