import type { SandboxHost } from '../../src/engine/sandboxHost.js';
import { createWebHost } from '../../src/hosts/web/webHost.js';

/** The host that the suites run on: here the browser's, as the extension on the web has it. */
export async function createTestHost(): Promise<SandboxHost> {
  const workerSource = new TextDecoder().decode(await load('/dist/webWorker.js'));
  return createWebHost({ workerSource, readAsset: (name) => load(`/runtime/${name}`) });
}

async function load(address: string): Promise<Uint8Array> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: HTTP ${String(response.status)}`);
  return new Uint8Array(await response.arrayBuffer());
}
