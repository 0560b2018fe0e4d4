// What VS Code runs as its extension tests, in the Node host and in the web worker alike.
// The build of mocha for browsers needs neither a page nor Node once it is given a reporter.
import 'mocha/mocha.js';
import { eventText, reporterThatSends } from '../../support/mochaEvents.mjs';
import { hostName } from './hostName.js';

/** A regular expression on full titles; empty for all tests. Set when this is bundled. */
declare const TEST_GREP: string;

export async function run(): Promise<void> {
  mocha.setup({
    ui: 'bdd',
    timeout: 20_000,
    // VS Code forwards the console: to the rig, which counts events, or to a person's terminal.
    reporter: reporterThatSends((event) => {
      if (hostName !== 'electron') console.log(`@@mocha ${JSON.stringify(event)}`);
      else if (event.kind !== 'end') console.log(eventText(event));
    }),
  });
  if (TEST_GREP) mocha.grep(new RegExp(TEST_GREP));

  // After setup, which defines `describe`.
  await import('./activation.test.js');
  await import('./run.test.js');
  await import('./selfTest.test.js');

  await new Promise<void>((resolve, reject) => {
    // Not mocha.run(): its wrapper for pages reads `location`, which the Node host does not have.
    Mocha.prototype.run.call(mocha, (failures) => {
      if (failures === 0) resolve();
      else reject(new Error(`${String(failures)} tests failed`));
    });
  });
}
