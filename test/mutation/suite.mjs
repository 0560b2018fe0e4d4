// Takes every wall away in turn, and shows the attempts that turn red.
import { mutants } from './mutants.mjs';
import { runMutant } from './runMutant.mjs';

const MAX_SHOWN = 3;

/**
 * @param {string | undefined} grep the walls to take away: a regular expression
 * @returns {Promise<import('../support/results.mjs').Results>}
 */
export async function runMutations(grep) {
  const results = { passed: 0, skipped: 0, failures: /** @type {any[]} */ ([]) };
  const chosen = mutants.filter(({ wall }) => grep === undefined || new RegExp(grep).test(wall));
  for (const mutant of chosen) {
    const title = `without "${mutant.wall}"`;
    const { passed, red } = await runMutant(mutant);
    if (red.length === 0) {
      const error = `none of ${passed} attempts turns red: a hole in the suite`;
      results.failures.push({ title, error });
      console.log(`  ✗ ${title}: ${error}`);
      continue;
    }
    results.passed++;
    console.log(`  ✓ ${title}: ${red.length} of ${passed + red.length} attempts turn red`);
    for (const name of red.slice(0, MAX_SHOWN)) console.log(`      ${name}`);
    if (red.length > MAX_SHOWN) console.log(`      and ${red.length - MAX_SHOWN} more`);
  }
  return results;
}
