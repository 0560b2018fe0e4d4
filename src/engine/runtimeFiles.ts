import manifest from '../../runtime/manifest.json';
import { errorMessage } from '../common/errorMessage.js';
import { SandboxFailure } from './failure.js';
import type { RuntimeAsset, SandboxHost } from './sandboxHost.js';

/** The interpreter, read, checked and compiled; shared by all workers. */
export interface RuntimeFiles {
  readonly module: WebAssembly.Module;
  readonly image: Uint8Array;
  readonly stdlib: Uint8Array;
}

/**
 * Reads the interpreter's files and holds them against the manifest that was built in.
 * @param share whether to place the data in shared memory, so that posting it copies nothing.
 * @throws SandboxFailure `runtimeMissing` or `runtimeCorrupt`, naming the file.
 */
export async function loadRuntimeFiles(host: SandboxHost, share: boolean): Promise<RuntimeFiles> {
  const [module, image, stdlib] = await Promise.all([
    read(host, 'python.wasm').then(compile),
    read(host, 'python.img'),
    read(host, 'python314.zip'),
  ]);
  return share
    ? { module, image: toShared(image), stdlib: toShared(stdlib) }
    : { module, image, stdlib };
}

async function read(host: SandboxHost, name: RuntimeAsset): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await host.readAsset(name);
  } catch (error) {
    throw new SandboxFailure('runtimeMissing', `runtime/${name}: ${errorMessage(error)}`);
  }
  const expected = manifest.artefacts.find((artefact) => artefact.name === name);
  if (expected === undefined) throw new Error(`the manifest does not name ${name}`);
  const digest = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  if (digest !== expected.sha256) {
    throw new SandboxFailure(
      'runtimeCorrupt',
      `runtime/${name} is ${String(bytes.length)} bytes that are not those of this version`,
    );
  }
  return bytes;
}

async function compile(bytes: Uint8Array): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw new SandboxFailure('runtimeCorrupt', `runtime/python.wasm: ${errorMessage(error)}`);
  }
}

function toShared(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
