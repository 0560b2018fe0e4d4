// Builds the attack suite with a wall taken away, and tells which attempts notice.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { runNodeMocha } from '../support/nodeMocha.mjs';
import { inProject } from '../support/paths.mjs';

/** @satisfies {import('esbuild').BuildOptions} */
const NODE = /** @type {const} */ ({
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
});

/**
 * @param {import('./mutants.mjs').Mutant} mutant
 * @returns {Promise<{ passed: number, red: string[] }>} what still passes, and what turned red
 */
export async function runMutant(mutant) {
  const cache = inProject('.cache/mutants');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'mutant-'));
  try {
    // As in the project: dist/worker.cjs and dist/test/*.mjs, and runtime/ beside dist/.
    symlinkSync(inProject('runtime'), path.join(folder, 'runtime'), 'junction');
    const applied = new Set();
    const plugins = [mutate(mutant.edits, applied)];
    await Promise.all([
      build({
        ...NODE,
        plugins,
        format: 'cjs',
        entryPoints: [inProject('src/hosts/desktop/worker.ts')],
        outfile: path.join(folder, 'dist/worker.cjs'),
      }),
      build({
        ...NODE,
        plugins,
        format: 'esm',
        external: ['esbuild', 'wabt'],
        alias: { '#testHost': inProject('test/support/testHost.node.ts') },
        stdin: {
          contents: ['attacks', 'hostileWorker', 'hostileModule']
            .map((name) => `import './test/containment/${name}.test.ts';`)
            .join('\n'),
          resolveDir: inProject('.'),
          loader: 'ts',
        },
        outfile: path.join(folder, 'dist/test/attacks.mjs'),
      }),
    ]);
    const missing = mutant.edits.find((edit) => !applied.has(edit));
    if (missing !== undefined) throw new Error(`${missing.file} is not in any bundle`);
    const { passed, failures } = await runNodeMocha([path.join(folder, 'dist/test/attacks.mjs')], {
      grep: mutant.grep,
      quiet: true,
    });
    return { passed, red: failures.map(({ title }) => title) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {import('./mutants.mjs').Mutant['edits']} edits
 * @param {Set<unknown>} applied is told of each edit that was made
 * @returns {import('esbuild').Plugin}
 */
function mutate(edits, applied) {
  return {
    name: 'mutate',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path: file }) => {
        const own = edits.filter((edit) => file === inProject('src', edit.file));
        if (own.length === 0) return undefined;
        let contents = await readFile(file, 'utf8');
        for (const edit of own) {
          const pieces = contents.split(edit.find);
          if (pieces.length !== 2) {
            throw new Error(`${edit.file}: ${pieces.length - 1} times: ${edit.find}`);
          }
          contents = pieces.join(edit.replace);
          applied.add(edit);
        }
        return { contents, loader: 'ts' };
      });
    },
  };
}
