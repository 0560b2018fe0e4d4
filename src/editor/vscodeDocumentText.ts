import * as vscode from 'vscode';
import type { DocumentText } from './documentSpan.js';

/** A text document as it stands in the editor, saved or not. */
export function vscodeDocumentText(document: vscode.TextDocument): DocumentText {
  return {
    lineText: (line) => document.lineAt(line).text,
    spanText: ({ start, end }) =>
      document.getText(new vscode.Range(start.line, start.character, end.line, end.character)),
    wholeText: () => document.getText(),
  };
}
