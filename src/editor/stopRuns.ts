import * as vscode from 'vscode';
import type { Run } from '../engine/run.js';
import type { Sandbox } from '../engine/sandbox.js';
import { labelText } from './labelText.js';

/** Stops the active run; asks which ones where others wait. */
export async function stopRuns(sandbox: Sandbox): Promise<void> {
  const runs = sandbox.runs;
  const [active] = runs;
  if (active === undefined) return;
  if (runs.length === 1) {
    active.stop();
    return;
  }
  const { t } = vscode.l10n;
  const items: (vscode.QuickPickItem & { readonly runs: readonly Run[] })[] = [
    {
      label: t('Stop {0}', labelText(active.program.name)),
      description: t('running'),
      runs: [active],
    },
    { label: t('Stop all {0} runs', runs.length), runs },
    ...runs.slice(1).map((run) => ({
      label: t('Remove {0}', labelText(run.program.name)),
      description: t('waiting'),
      runs: [run],
    })),
  ];
  const choice = await vscode.window.showQuickPick(items, {
    title: t('Wasm Sandbox: Stop'),
    placeHolder: t('What to stop'),
  });
  // The last one first, so that none of those still waiting starts in between.
  for (const run of choice?.runs.toReversed() ?? []) run.stop();
}
