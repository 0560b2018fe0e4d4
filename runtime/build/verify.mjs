// Checks the committed artefacts against the manifest, and that they are what the host expects.
//
//     npm run verify:runtime

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { decodeImage } from './host/image.mjs';

const RUNTIME = new URL('../', import.meta.url);
const WASM_PAGE = 65536;

/** Every function that the interpreter may ask of the host. A new one must be looked at before it is let in. */
const IMPORTS = [
  'env.memory',
  'rt.poll',
  'rt.report',
  'rt.yield',
  ...[
    'clock_res_get',
    'clock_time_get',
    'environ_get',
    'environ_sizes_get',
    'fd_advise',
    'fd_close',
    'fd_datasync',
    'fd_fdstat_get',
    'fd_fdstat_set_flags',
    'fd_filestat_get',
    'fd_filestat_set_size',
    'fd_filestat_set_times',
    'fd_pread',
    'fd_prestat_dir_name',
    'fd_prestat_get',
    'fd_pwrite',
    'fd_read',
    'fd_readdir',
    'fd_seek',
    'fd_sync',
    'fd_tell',
    'fd_write',
    'path_create_directory',
    'path_filestat_get',
    'path_filestat_set_times',
    'path_link',
    'path_open',
    'path_readlink',
    'path_remove_directory',
    'path_rename',
    'path_symlink',
    'path_unlink_file',
    'poll_oneoff',
    'proc_exit',
    'random_get',
    'sched_yield',
    'sock_accept',
    'sock_recv',
    'sock_send',
    'sock_shutdown',
  ].map((name) => `wasi_snapshot_preview1.${name}`),
];
const EXPORTS = [
  '__stack_pointer',
  '_initialize',
  'rt_buffer',
  'rt_call',
  'rt_init',
  'rt_memory_denied',
  'rt_restored',
  'rt_stack_limit',
];

/** @type {string[]} */
const problems = [];
const manifest = JSON.parse(fs.readFileSync(new URL('manifest.json', RUNTIME), 'utf8'));
/** @type {Map<string, Uint8Array>} */
const contents = new Map();

for (const { name, bytes, sha256 } of manifest.artefacts) {
  const file = new URL(name, RUNTIME);
  if (!fs.existsSync(file)) {
    problems.push(`${name} is missing`);
    continue;
  }
  const content = new Uint8Array(fs.readFileSync(file));
  contents.set(name, content);
  if (content.length !== bytes) {
    problems.push(`${name} has ${content.length} bytes, the manifest says ${bytes}`);
  }
  const actual = createHash('sha256').update(content).digest('hex');
  if (actual !== sha256) problems.push(`${name} has sha256 ${actual}, the manifest says ${sha256}`);
}

checkModule(contents.get('python.wasm'));
checkImage(contents.get('python.img'));

for (const problem of problems) console.error(`verify: ${problem}`);
if (problems.length > 0) process.exit(1);
console.log(`verify: ${contents.size} artefacts are what the manifest says`);

/** @param {Uint8Array | undefined} content */
function checkModule(content) {
  if (content === undefined) return;
  try {
    const module = new WebAssembly.Module(content);
    compare(
      'imports',
      WebAssembly.Module.imports(module).map((entry) => `${entry.module}.${entry.name}`),
      IMPORTS,
    );
    compare(
      'exports',
      WebAssembly.Module.exports(module).map((entry) => entry.name),
      EXPORTS,
    );
  } catch (error) {
    problems.push(`python.wasm does not compile: ${error}`);
  }
}

/**
 * @param {string} what
 * @param {string[]} actual
 * @param {string[]} expected
 */
function compare(what, actual, expected) {
  const unexpected = actual.filter((name) => !expected.includes(name));
  const missing = expected.filter((name) => !actual.includes(name));
  if (unexpected.length > 0)
    problems.push(`python.wasm has unexpected ${what}: ${unexpected.join(', ')}`);
  if (missing.length > 0) problems.push(`python.wasm lacks ${what}: ${missing.join(', ')}`);
}

/** @param {Uint8Array | undefined} content */
function checkImage(content) {
  if (content === undefined) return;
  try {
    const image = decodeImage(content);
    if (image.memoryBytes === 0 || image.memoryBytes % WASM_PAGE !== 0) {
      problems.push(`python.img is for a memory of ${image.memoryBytes} bytes, not of whole pages`);
    }
    if (image.stackPointer === 0 || image.stackPointer >= image.memoryBytes) {
      problems.push(`python.img has the stack pointer at ${image.stackPointer}`);
    }
  } catch (error) {
    problems.push(`python.img: ${error}`);
  }
}
