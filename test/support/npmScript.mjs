// Runs a script of package.json as if it were one test.
import { once } from 'node:events';
import { spawnOwned } from './ownedProcess.mjs';
import { projectRoot } from './paths.mjs';
import { oneResult } from './results.mjs';

/**
 * @param {string} script
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function runNpmScript(script) {
  const isWindows = process.platform === 'win32';
  const child = spawnOwned(isWindows ? 'npm.cmd' : 'npm', ['run', '-s', script], {
    cwd: projectRoot,
    shell: isWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const [exitCode] = await once(child, 'close');
  if (exitCode === 0) {
    console.log(`  ✔ npm run ${script}`);
    return oneResult(`npm run ${script}`);
  }
  console.log(`  ✘ npm run ${script}`);
  return oneResult(`npm run ${script}`, output.trim() || `exit ${exitCode}`);
}
