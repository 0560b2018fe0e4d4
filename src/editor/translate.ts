/** Puts a message into the user's language and fills in `{0}`, `{1}`, …; as `vscode.l10n.t` does. */
export type Translate = (message: string, ...values: (string | number)[]) => string;
