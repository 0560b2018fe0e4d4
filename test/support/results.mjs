// Counts tests, and prints them as they come.
import { eventText } from './mochaEvents.mjs';

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
 * @param {import('./mochaEvents.d.mts').MochaEvent} event
 * @param {boolean} [quiet] whether not to print it
 */
export function collect(results, event, quiet = false) {
  if (event.kind === 'pass') results.passed++;
  if (event.kind === 'skip') results.skipped++;
  if (event.kind === 'fail') results.failures.push({ title: event.fullTitle, error: event.error });
  if (quiet) return;
  const text = eventText(event);
  if (text !== undefined) console.log(text);
}

/**
 * @param {string} text
 * @param {string} indent
 */
export function indentLines(text, indent) {
  return text.replace(/^/gm, indent);
}
