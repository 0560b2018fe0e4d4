import * as vscode from 'vscode';
import { DisposableStore } from '../common/disposable.js';
import { Sandbox } from '../engine/sandbox.js';
import type { ChannelPacing } from './channelPacing.js';
import { COMMAND } from './commandIds.js';
import { CONTEXT_KEY, ContextKey } from './contextKeys.js';
import { EditorRunner } from './editorRunner.js';
import { OutputChannel } from './outputChannel.js';
import { RunLog } from './runLog.js';
import { RunStatusItem } from './runStatusItem.js';
import { SelfTestCommand, type SelfTestEnvironment } from './selfTestCommand.js';
import { SettingsReader } from './settingsReader.js';
import { stopRuns } from './stopRuns.js';

/** What differs between the hosts that the extension can be in. */
export interface EditorEnvironment extends SelfTestEnvironment {
  readonly pacing: ChannelPacing;
}

/**
 * Sets the extension up in an editor, the same on every host. Cheap: nothing is read or started
 * before the first run, and what is missing shows then.
 */
export function activateEditor(
  context: vscode.ExtensionContext,
  environment: EditorEnvironment,
): void {
  const { host, pacing } = environment;
  const store = new DisposableStore();
  context.subscriptions.push(store);
  const output = store.add(new OutputChannel(pacing));
  const sandbox = store.add(new Sandbox(host));
  store.add(new RunStatusItem(sandbox));

  const isRunning = new ContextKey(CONTEXT_KEY.isRunning);
  const hasOutput = new ContextKey(CONTEXT_KEY.hasOutput);
  store.add(
    sandbox.onDidChangeQueue(() => {
      const { length } = sandbox.runs;
      isRunning.set(length > 0);
      if (length > 0) hasOutput.set(true);
    }),
  );

  const log = new RunLog(output.writer, (message, ...values) => vscode.l10n.t(message, ...values));
  const runner = new EditorRunner(sandbox, log, new SettingsReader(), () => {
    output.show();
  });
  const selfTest = store.add(new SelfTestCommand(environment, versionOf(context)));
  const on = (command: string, action: (resource: unknown) => unknown): void => {
    store.add(vscode.commands.registerCommand(command, action));
  };
  on(COMMAND.run, (resource) => runner.run(resource, false));
  on(COMMAND.runFile, (resource) => runner.run(resource, true));
  on(COMMAND.stop, () => stopRuns(sandbox));
  on(COMMAND.showOutput, () => {
    output.show();
  });
  on(COMMAND.clearOutput, () => {
    output.clear();
    hasOutput.set(sandbox.runs.length > 0);
  });
  on(COMMAND.runSelfTest, () => selfTest.run());

  // Whoever has used the sandbox and turns to Python again will use it again: have one ready.
  store.add(
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor?.document.languageId === 'python') sandbox.prepare();
    }),
  );
}

function versionOf(context: vscode.ExtensionContext): string {
  return (context.extension.packageJSON as { version: string }).version;
}
