import * as vscode from 'vscode';
import type { Run } from '../engine/run.js';
import type { RunState } from '../engine/runState.js';
import { labelText } from './labelText.js';

const SHOW_AFTER_MS = 1000;

/** Shows a notification with a Cancel button for a run that takes or waits longer than a moment. */
export function showRunProgress(run: Run): void {
  const timer = setTimeout(() => {
    if (run.state.kind !== 'settled') void showNotification(run);
  }, SHOW_AFTER_MS);
  void run.result.then(() => {
    clearTimeout(timer);
  });
}

function showNotification(run: Run): Thenable<void> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Wasm Sandbox: {0}', labelText(run.program.name)),
      cancellable: true,
    },
    async (progress, token) => {
      token.onCancellationRequested(() => {
        run.stop();
      });
      const report = (state: RunState): void => {
        progress.report({ message: stateText(state) });
      };
      report(run.state);
      run.onDidChangeState(report);
      await run.result;
    },
  );
}

function stateText({ kind }: RunState): string {
  if (kind === 'waiting') return vscode.l10n.t('waiting for its turn');
  return kind === 'running' ? vscode.l10n.t('running') : vscode.l10n.t('stopping');
}
