import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { spawnOwned } from '../../support/ownedProcess.mjs';

/**
 * Runs runElectron.mjs with codeShim.mjs for an executable.
 * @returns {Promise<string | undefined>} what it printed, where it failed
 */
export async function runElectronShim() {
  const script = fileURLToPath(new URL('./runElectron.mjs', import.meta.url));
  const shim = fileURLToPath(new URL('./codeShim.mjs', import.meta.url));
  const child = spawnOwned(process.execPath, [script], {
    env: { ...process.env, VSCODE_EXECUTABLE: shim },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0) return output || `exit ${exitCode}`;
  // An exit code alone would also be 0 where no test ran at all.
  return output.includes('✔') ? undefined : `no test passed\n${output}`;
}
