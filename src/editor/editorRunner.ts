import * as vscode from 'vscode';
import { errorMessage } from '../common/errorMessage.js';
import type { Run } from '../engine/run.js';
import type { Sandbox } from '../engine/sandbox.js';
import { documentName } from './documentName.js';
import { documentProgram } from './documentProgram.js';
import { labelText } from './labelText.js';
import type { RunLog } from './runLog.js';
import { runTarget, type RunTarget } from './runTarget.js';
import type { SettingsReader } from './settingsReader.js';
import { showFailure } from './showFailure.js';
import { showRunProgress } from './showRunProgress.js';
import { spanLines } from './spanLines.js';
import { vscodeDocumentText } from './vscodeDocumentText.js';

/** Runs what the editor shows, and reports on it. */
export class EditorRunner {
  readonly #sandbox: Sandbox;
  readonly #log: RunLog;
  readonly #settings: SettingsReader;
  readonly #showOutput: () => void;

  constructor(sandbox: Sandbox, log: RunLog, settings: SettingsReader, showOutput: () => void) {
    this.#sandbox = sandbox;
    this.#log = log;
    this.#settings = settings;
    this.#showOutput = showOutput;
  }

  /**
   * Runs the selections of a resource's editor, or all of it where nothing is selected. Resolves
   * when the run is over and its output shown. Never rejects: what goes wrong is shown, too.
   */
  async run(resource: unknown, wholeFile: boolean): Promise<void> {
    try {
      const target = await runTarget(resource, wholeFile);
      if (target === null) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('Open a Python file in an editor to run it in Wasm Sandbox.'),
        );
        return;
      }
      await this.#follow(this.#start(target), target);
    } catch (error) {
      void vscode.window.showErrorMessage(
        vscode.l10n.t('Wasm Sandbox could not run this: {0}', labelText(errorMessage(error))),
      );
    }
  }

  #start({ document, spans }: RunTarget): Run {
    return this.#sandbox.start({
      program: documentProgram(
        documentName(document.uri.path),
        vscodeDocumentText(document),
        spans,
        this.#settings.showLastExpression(document.uri),
      ),
      policy: { limits: this.#settings.limits(document.uri) },
    });
  }

  async #follow(run: Run, { spans }: RunTarget): Promise<void> {
    const lines = spanLines(spans, (message, ...values) => vscode.l10n.t(message, ...values));
    const title = lines === '' ? run.program.name : `${run.program.name}, ${lines}`;
    const followed = this.#log.follow(run, title);
    this.#showOutput();
    showRunProgress(run);
    const { outcome } = await followed;
    // Not awaited: the message stays until the user closes it.
    if (outcome.kind === 'failed') void showFailure(outcome.code);
  }
}
