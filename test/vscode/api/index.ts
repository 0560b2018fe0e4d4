// What VS Code runs as its extension tests, in the Node host and in the web worker alike.
// The build of mocha for browsers needs neither a page nor Node once it is given a reporter.
import 'mocha/mocha.js';
import { reporterThatSends } from '../../support/mochaEvents.mjs';

/** A regular expression on full titles; empty for all tests. Set when this is bundled. */
declare const TEST_GREP: string;

export async function run(): Promise<void> {
  mocha.setup({
    ui: 'bdd',
    timeout: 20_000,
    // Mocha's types ask for its own reporter base class; at run time any constructor does.
    // The rig reads the events from the console, whose lines VS Code forwards to it.
    reporter: reporterThatSends((event) => {
      console.log(`@@mocha ${JSON.stringify(event)}`);
    }) as unknown as Mocha.ReporterConstructor,
  });
  if (TEST_GREP) mocha.grep(new RegExp(TEST_GREP));

  // After setup, which defines `describe`.
  await import('./activation.test.js');

  await new Promise<void>((resolve, reject) => {
    // Not mocha.run(): its wrapper for pages reads `location`, which the Node host does not have.
    const runTests = Mocha.prototype.run as (
      this: unknown,
      done: (failures: number) => void,
    ) => void;
    runTests.call(mocha, (failures) => {
      if (failures === 0) resolve();
      else reject(new Error(`${failures} tests failed`));
    });
  });
}
