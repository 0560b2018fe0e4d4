#!/usr/bin/env node
// Poses as the `code` executable where there is none: takes the arguments that
// @vscode/test-electron passes, runs the tests in the Node extension host, and ends with their
// exit code. So what runElectron.mjs does is tested on machines without a screen, too.
import { parseArgs } from 'node:util';
import { openPage } from './chromiumPage.mjs';
import { followTests } from './followTests.mjs';
import { startNodeHost } from './nodeHost.mjs';

const { values, positionals } = parseArgs({
  strict: false, // the switches that only concern Electron
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
  },
});

const host = await startNodeHost({
  folder: positionals[0] ?? '.',
  developmentDir: String(values.extensionDevelopmentPath),
  testsFile: String(values.extensionTestsPath),
});
const { page, close } = await openPage();
try {
  process.exitCode = await followTests(page, host.url, {
    timeoutMs: 120_000,
    onLine: (line) => console.log(line),
  });
} finally {
  await close();
  await host.stop();
}
