import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SandboxHost } from '../../src/engine/sandboxHost.js';
import { createNodeHost } from '../../src/hosts/desktop/nodeHost.js';

// Bundled into dist/test/, next to what it tests.
const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The host that the suites run on: here Node's, as the extension on the desktop has it. */
export function createTestHost(): Promise<SandboxHost> {
  return Promise.resolve(
    createNodeHost({
      runtimeFolder: path.join(dist, '..', 'runtime'),
      workerFile: path.join(dist, 'worker.cjs'),
    }),
  );
}
