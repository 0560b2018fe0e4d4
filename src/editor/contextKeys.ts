import * as vscode from 'vscode';

/** Context keys of ours, as `when` clauses in package.json name them. */
export const CONTEXT_KEY = {
  /** A run is active or waits. */
  isRunning: 'wasmSandbox.isRunning',
  /** The output channel has been written to since it was last cleared. */
  hasOutput: 'wasmSandbox.hasOutput',
} as const;

/** A context key that is set only when its value changes. */
export class ContextKey {
  readonly #key: string;
  #value = false;

  constructor(key: (typeof CONTEXT_KEY)[keyof typeof CONTEXT_KEY]) {
    this.#key = key;
  }

  set(value: boolean): void {
    if (value === this.#value) return;
    this.#value = value;
    void vscode.commands.executeCommand('setContext', this.#key, value);
  }
}
