// npm run test:electron: the API tests in desktop VS Code, on a machine with a screen.
// @vscode/test-electron downloads VS Code, of VSCODE_VERSION if that is set; or it takes the
// executable that VSCODE_EXECUTABLE names.
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { inProject } from '../../support/paths.mjs';
import { bundleApiTests } from './bundleApiTests.mjs';
import { createProfile } from './profile.mjs';
import { unpackVsix } from './unpackVsix.mjs';
import { ensureVsix } from './vsix.mjs';

const { VSCODE_EXECUTABLE, VSCODE_VERSION = 'stable' } = process.env;

const files = createProfile('electron');
const extensionDir = path.join(files.dir, 'extension');
// .cjs, for the project's package.json calls every .js an ES module.
const testsFile = path.join(files.dir, 'apiTests.cjs');
await unpackVsix(await ensureVsix(), extensionDir);
await bundleApiTests({ outfile: testsFile, hostName: 'electron', grep: undefined });

const vscode = VSCODE_EXECUTABLE
  ? { vscodeExecutablePath: path.resolve(VSCODE_EXECUTABLE) }
  : { version: VSCODE_VERSION };
try {
  process.exitCode = await runTests({
    ...vscode,
    extensionDevelopmentPath: extensionDir,
    extensionTestsPath: testsFile,
    launchArgs: [
      inProject('test/fixtures/workspace'),
      `--user-data-dir=${path.join(files.dir, 'user')}`,
      '--disable-extensions',
      '--disable-workspace-trust',
      '--skip-welcome',
      '--skip-release-notes',
      '--disable-telemetry',
    ],
  });
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
