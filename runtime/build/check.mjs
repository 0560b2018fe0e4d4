// Checks the committed runtime: what the front end promises the host, and the Python programs in check/.
//
//     node runtime/build/check.mjs [NAME]

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { limits } from './check/limits.mjs';
import { programs } from './check/programs.mjs';
import { refused } from './check/refused.mjs';
import { sources } from './check/sources.mjs';
import { loadRuntime, restore } from './host/runner.mjs';

const FOLDER = new URL('check/', import.meta.url);

const runtime = loadRuntime(new URL('../', import.meta.url));
/** @type {import('./host/runner.mjs').MakeGuest} */
const guest = (settings) => restore(runtime, settings);

/** @type {Record<string, () => void>} */
const checks = { ...programs(guest), ...sources(guest), ...limits(guest), ...refused(guest) };
for (const name of fs.readdirSync(FOLDER).filter((file) => file.endsWith('.py'))) {
  checks[`check/${name}`] = () => {
    const source = fs.readFileSync(new URL(name, FOLDER));
    const { code, stderr } = guest().run(source, { encoding: null, filename: name });
    assert.deepEqual([code, stderr], [0, '']);
  };
}

const [only] = process.argv.slice(2);
let failures = 0;
for (const [name, check] of Object.entries(checks)) {
  if (only !== undefined && name !== only) continue;
  try {
    check();
    console.log(`ok   ${name}`);
  } catch (error) {
    failures++;
    console.log(`FAIL ${name}\n${error instanceof Error ? error.message : error}`);
  }
}
process.exit(failures > 0 ? 1 : 0);
