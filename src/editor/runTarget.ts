import * as vscode from 'vscode';
import type { DocumentSpan } from './documentSpan.js';
import { selectedSpans } from './selectedSpans.js';

/** The document to run, and the parts of it; all of it where there are none. */
export interface RunTarget {
  readonly document: vscode.TextDocument;
  readonly spans: readonly DocumentSpan[];
}

/**
 * What a command is about. Menus say which resource; the palette and keys mean the active editor.
 * @returns null where there is nothing to run.
 */
export async function runTarget(resource: unknown, wholeFile: boolean): Promise<RunTarget | null> {
  const editor = activeEditor();
  if (resource instanceof vscode.Uri && editor?.document.uri.toString() !== resource.toString()) {
    return { document: await vscode.workspace.openTextDocument(resource), spans: [] };
  }
  if (editor === undefined) return null;
  return { document: editor.document, spans: wholeFile ? [] : selectedSpans(editor.selections) };
}

/** The output panel counts as an editor while it has the focus; nobody means that one. */
function activeEditor(): vscode.TextEditor | undefined {
  const active = vscode.window.activeTextEditor;
  if (active?.document.uri.scheme !== 'output') return active;
  return vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.scheme !== 'output' && document.languageId === 'python',
  );
}
