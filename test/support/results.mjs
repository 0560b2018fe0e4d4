// Counts tests, and prints them as they come.

/**
 * @typedef {{ title: string, error: string }} Failure
 * @typedef {{ passed: number, skipped: number, failures: Failure[] }} Results
 */

/** @returns {Results} */
export function noResults() {
  return { passed: 0, skipped: 0, failures: [] };
}

/**
 * For what is one check, not a mocha suite.
 * @param {string} title
 * @param {string} [error] absent where it went well
 * @returns {Results}
 */
export function oneResult(title, error) {
  if (error === undefined) return { passed: 1, skipped: 0, failures: [] };
  return { passed: 0, skipped: 0, failures: [{ title, error }] };
}

/**
 * Adds one event of a run to its results, and prints it.
 * @param {Results} results
 * @param {import('./mochaEvents.mjs').MochaEvent} event
 */
export function collect(results, event) {
  if (event.kind === 'end') return;
  const indent = '  '.repeat(event.depth + 1);
  switch (event.kind) {
    case 'suite':
      console.log(`${indent}${event.title}`);
      break;
    case 'pass':
      results.passed++;
      console.log(`${indent}✔ ${event.title}${event.slow ? ` (${event.durationMs} ms)` : ''}`);
      break;
    case 'skip':
      results.skipped++;
      console.log(`${indent}- ${event.title}`);
      break;
    case 'fail':
      results.failures.push({ title: event.fullTitle, error: event.error });
      console.log(`${indent}✘ ${event.title}`);
      console.log(indentLines(event.error, `${indent}    `));
      break;
  }
}

/**
 * @param {string} text
 * @param {string} indent
 */
export function indentLines(text, indent) {
  return text.replace(/^/gm, indent);
}
