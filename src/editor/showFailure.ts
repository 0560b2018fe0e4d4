import * as vscode from 'vscode';
import type { FailureCode } from '../protocol/outcome.js';
import { COMMAND } from './commandIds.js';
import { failureAdvice } from './failureAdvice.js';

/** Tells the user of a failure of ours and what to do; the details are in the output channel. */
export async function showFailure(code: FailureCode): Promise<void> {
  const advice = failureAdvice(code, (message, ...values) => vscode.l10n.t(message, ...values));
  if (advice === null) return;
  const showOutput = vscode.l10n.t('Show Output');
  const reload = vscode.l10n.t('Reload Window');
  const buttons = advice.offersReload ? [reload, showOutput] : [showOutput];
  const choice = await vscode.window.showErrorMessage(advice.message, ...buttons);
  if (choice === reload) {
    await vscode.commands.executeCommand('workbench.action.reloadWindow');
  } else if (choice === showOutput) {
    await vscode.commands.executeCommand(COMMAND.showOutput);
  }
}
