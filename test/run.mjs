// npm test: runs every suite, one after the other, and adds up.
//
//   npm test -- --list                  the names of the suites
//   npm test -- --only browser          the suites whose name begins so (several: --only a --only b)
//   npm test -- --grep 'regex'          the tests whose full title matches
//   npm test -- --update-screenshots    writes the pictures of the README anew
//   npm test -- --verbose               with the logs of pages and servers
import { parseArgs } from 'node:util';
import { indentLines } from './support/results.mjs';
import { allSuites } from './support/suites.mjs';

const { values: options } = parseArgs({
  options: {
    list: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    grep: { type: 'string' },
    'update-screenshots': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

const suites = allSuites({
  grep: options.grep,
  updateScreenshots: options['update-screenshots'],
  verbose: options.verbose,
});
const chosen = suites.filter(
  ({ name }) => options.only.length === 0 || options.only.some((only) => name.startsWith(only)),
);

if (options.list) {
  for (const { name, what } of chosen) console.log(`${name.padEnd(24)} ${what}`);
  process.exit(0);
}
if (chosen.length === 0) {
  console.error(`No suite is named ${options.only.join(', ')}; see --list.`);
  process.exit(2);
}

let passed = 0;
let skipped = 0;
/** @type {{ suite: string, title: string, error: string }[]} */
const failures = [];
const startedAt = performance.now();

for (const suite of chosen) {
  console.log(`\n${suite.name}: ${suite.what}`);
  const suiteStartedAt = performance.now();
  const results = await runSuite(suite);
  passed += results.passed;
  skipped += results.skipped;
  failures.push(...results.failures.map((failure) => ({ suite: suite.name, ...failure })));
  console.log(
    `  ${summary(results.passed, results.failures.length, results.skipped)}  ` +
      `(${seconds(suiteStartedAt)})`,
  );
}

if (failures.length > 0) console.log('\nFailures');
for (const [index, { suite, title, error }] of failures.entries()) {
  console.log(`\n${index + 1}) ${suite}: ${title}`);
  console.log(indentLines(error, '   '));
}

console.log(`\nAll suites took ${seconds(startedAt)}.`);
console.log(summary(passed, failures.length, skipped));
// Whatever a broken test left running must not hold up the result. Not before all is printed:
// stdout may be a pipe.
process.stdout.write('', () => process.exit(failures.length > 0 ? 1 : 0));

/**
 * A suite that cannot run is one failure; the others still run.
 * @param {import('./support/suites.mjs').Suite} suite
 */
async function runSuite(suite) {
  try {
    const results = await suite.run();
    const ran = results.passed + results.skipped + results.failures.length;
    if (ran === 0 && !options.grep) {
      results.failures.push({ title: suite.name, error: 'the suite holds no tests' });
    }
    return results;
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.log(indentLines(text, '  '));
    return { passed: 0, skipped: 0, failures: [{ title: suite.name, error: text }] };
  }
}

/**
 * @param {number} passedCount
 * @param {number} failedCount
 * @param {number} skippedCount
 */
function summary(passedCount, failedCount, skippedCount) {
  const tail = skippedCount > 0 ? `, ${skippedCount} skipped` : '';
  return `${passedCount} passed, ${failedCount} failed${tail}`;
}

/** @param {number} since */
function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
