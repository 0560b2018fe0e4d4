import * as vscode from 'vscode';

/** Opens an untitled Python document with these lines. */
export async function openPython(...lines: string[]): Promise<vscode.TextEditor> {
  const content = lines.join('\n');
  const document = await vscode.workspace.openTextDocument({ language: 'python', content });
  return vscode.window.showTextDocument(document);
}

/** @param lines from 1, both included; several for several selections */
export function selectLines(editor: vscode.TextEditor, ...lines: [number, number][]): void {
  editor.selections = lines.map(
    ([first, last]) =>
      new vscode.Selection(first - 1, 0, last - 1, editor.document.lineAt(last - 1).text.length),
  );
}
