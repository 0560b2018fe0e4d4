import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../common/disposable.js';
import type { Sandbox } from '../engine/sandbox.js';
import { COMMAND } from './commandIds.js';

/** Runs that are over sooner do not show: the bar would only flicker. */
const SHOW_AFTER_MS = 250;
const UPDATE_EVERY_MS = 1000;

/** The status bar item: that something runs, for how long, what waits; a click stops it. */
export class RunStatusItem implements Disposable {
  readonly #store = new DisposableStore();
  readonly #sandbox: Sandbox;
  readonly #item: vscode.StatusBarItem;
  #timer: TimerHandle | undefined;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.#item = this.#store.add(
      vscode.window.createStatusBarItem('wasmSandbox.run', vscode.StatusBarAlignment.Left),
    );
    this.#item.name = vscode.l10n.t('Wasm Sandbox');
    this.#item.command = COMMAND.stop;
    this.#store.add(
      sandbox.onDidChangeQueue(() => {
        this.#queueChanged();
      }),
    );
  }

  #queueChanged(): void {
    if (this.#sandbox.runs.length === 0) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#item.hide();
    } else {
      this.#timer ??= setTimeout(this.#update, SHOW_AFTER_MS);
    }
  }

  readonly #update = (): void => {
    const [active, ...waiting] = this.#sandbox.runs;
    if (active === undefined) return;
    const { t } = vscode.l10n;
    const hasStarted = active.state.kind !== 'waiting';
    const state = hasStarted ? t('{0} s', Math.floor(active.elapsedMs / 1000)) : t('starting');
    const queue = waiting.length > 0 ? ` ${t('({0} waiting)', waiting.length)}` : '';
    this.#item.text = `$(sync~spin) Wasm Sandbox ${state}${queue}`;
    this.#item.tooltip = t('Python runs in Wasm Sandbox. Click to stop.');
    // Without the seconds: a screen reader would hear a change every second.
    this.#item.accessibilityInformation = {
      label: t('Wasm Sandbox is running, {0} waiting. Activate to stop.', waiting.length),
      role: 'button',
    };
    this.#item.show();
    this.#timer = setTimeout(this.#update, UPDATE_EVERY_MS);
  };

  dispose(): void {
    clearTimeout(this.#timer);
    this.#store.dispose();
  }
}
