/** Fills in `{0}`, as vscode.l10n.t does where no translation is there. */
export function translate(message: string, ...values: (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)]));
}
