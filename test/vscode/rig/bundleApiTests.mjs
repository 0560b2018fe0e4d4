import { build } from 'esbuild';
import { inProject } from '../../support/paths.mjs';

/**
 * One script that runs in either extension host.
 * @param {{ outfile: string, hostName: string, grep: string | undefined }} options
 */
export async function bundleApiTests({ outfile, hostName, grep }) {
  await build({
    entryPoints: [inProject('test/vscode/api/index.ts')],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'browser',
    target: 'es2022',
    external: ['vscode'],
    logLevel: 'warning',
    define: {
      global: 'globalThis',
      HOST_NAME: JSON.stringify(hostName),
      TEST_GREP: JSON.stringify(grep ?? ''),
    },
  });
}
