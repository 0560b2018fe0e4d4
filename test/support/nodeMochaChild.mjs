// The process that nodeMocha.mjs starts: runs mocha over files and sends its events to the parent.
import Mocha from 'mocha';
import { reporterThatSends } from './mochaEvents.mjs';

/** @type {{ files: string[], grep?: string, testTimeoutMs: number }} */
const { files, grep, testTimeoutMs } = JSON.parse(process.argv[2] ?? '');

const mocha = new Mocha({
  ui: 'bdd',
  timeout: testTimeoutMs,
  reporter: reporterThatSends((event) => process.send?.(event)),
});
if (grep) mocha.grep(new RegExp(grep));
for (const file of files) mocha.addFile(file);
await mocha.loadFilesAsync();
// No process.exit() at the end: the parent wants to see whether the tests left something running.
mocha.run((failures) => {
  process.exitCode = failures ? 1 : 0;
});
