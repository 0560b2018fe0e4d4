// The process that nodeMocha.mjs starts: runs mocha over one file and sends its events to the parent.
import Mocha from 'mocha';
import { reporterThatSends } from './mochaEvents.mjs';

/** @type {{ file: string, grep?: string, testTimeoutMs: number }} */
const { file, grep, testTimeoutMs } = JSON.parse(process.argv[2] ?? '');

const mocha = new Mocha({
  ui: 'bdd',
  timeout: testTimeoutMs,
  // Mocha's types ask for its own reporter base class; at run time any constructor does.
  reporter: /** @type {any} */ (reporterThatSends((event) => process.send?.(event))),
});
if (grep) mocha.grep(new RegExp(grep));
mocha.addFile(file);
await mocha.loadFilesAsync();
// No process.exit() at the end: the parent wants to see whether the tests left something running.
mocha.run((failures) => {
  process.exitCode = failures ? 1 : 0;
});
