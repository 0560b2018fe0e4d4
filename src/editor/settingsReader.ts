import * as vscode from 'vscode';
import type { ShowLastExpression } from './documentProgram.js';
import { labelText } from './labelText.js';
import {
  LIMIT_SETTINGS,
  toLimits,
  type LimitSetting,
  type SettableLimits,
} from './limitSettings.js';
import { resolveLimitSetting, type SettingProblem } from './resolveLimitSetting.js';

const SHOW_LAST_EXPRESSION = 'wasmSandbox.output.showLastExpression';
const SHOW_VALUES: readonly ShowLastExpression[] = ['selections', 'always', 'never'];

/** Reads the settings for a document, and warns of each value that cannot be used, once. */
export class SettingsReader {
  readonly #warned = new Set<string>();

  limits(scope: vscode.Uri): SettableLimits {
    return toLimits({
      timeoutMs: this.#limit(LIMIT_SETTINGS.timeoutMs, scope),
      memoryBytes: this.#limit(LIMIT_SETTINGS.memoryBytes, scope),
      outputBytes: this.#limit(LIMIT_SETTINGS.outputBytes, scope),
    });
  }

  showLastExpression(scope: vscode.Uri): ShowLastExpression {
    const given = vscode.workspace.getConfiguration(undefined, scope).get(SHOW_LAST_EXPRESSION);
    const known = SHOW_VALUES.find((value) => value === given);
    if (known !== undefined) return known;
    this.#warn(
      SHOW_LAST_EXPRESSION,
      vscode.l10n.t(
        'The setting "{0}" must be one of {1}. Using "selections".',
        SHOW_LAST_EXPRESSION,
        SHOW_VALUES.map((value) => `"${value}"`).join(', '),
      ),
      describeValue(given),
    );
    return 'selections';
  }

  #limit(setting: LimitSetting, scope: vscode.Uri): number {
    const inspected = vscode.workspace.getConfiguration(undefined, scope).inspect(setting.key);
    const { value, problems } = resolveLimitSetting(
      setting,
      inspected ?? {},
      vscode.workspace.isTrusted,
    );
    for (const problem of problems) this.#warnOfLimit(setting, problem, value);
    return value;
  }

  #warnOfLimit(setting: LimitSetting, { source, given }: SettingProblem, used: number): void {
    const { t } = vscode.l10n;
    const where = {
      user: t('user settings'),
      workspace: t('workspace settings'),
      folder: t('folder settings'),
    }[source];
    const what = describeValue(given);
    this.#warn(
      setting.key,
      t(
        'The setting "{0}" must be a number from {1} to {2}, not {3} ({4}). The limit is {5} {6}.',
        setting.key,
        setting.least,
        setting.most,
        what,
        where,
        used,
        setting.unit,
      ),
      // A workspace of one folder tells the same value twice, as the folder's and as its own.
      what,
    );
  }

  #warn(key: string, message: string, given: string): void {
    const occasion = `${key} ${given}`;
    if (this.#warned.has(occasion)) return;
    this.#warned.add(occasion);
    const openSettings = vscode.l10n.t('Open Settings');
    void vscode.window.showWarningMessage(message, openSettings).then((choice) => {
      if (choice !== openSettings) return;
      void vscode.commands.executeCommand('workbench.action.openSettings', `@id:${key}`);
    });
  }
}

/** A workspace chooses the value: what is shown of it is short and plain. */
function describeValue(given: unknown): string {
  if (typeof given === 'string') return labelText(JSON.stringify(given.slice(0, 40)));
  if (typeof given === 'number' || given === null) return String(given);
  return typeof given;
}
