import * as vscode from 'vscode';
import { activateEditor } from '../../editor/activateEditor.js';
import { createWebHost } from './webHost.js';

/** Entry point where extensions run in a browser's worker, as on vscode.dev. */
export function activate(context: vscode.ExtensionContext): void {
  const read = (...segments: string[]): Promise<Uint8Array> =>
    readFile(vscode.Uri.joinPath(context.extensionUri, ...segments));
  const host = createWebHost({
    readAsset: (name) => read('runtime', name),
    workerSource: async () => new TextDecoder().decode(await read('dist', 'webWorker.js')),
  });
  context.subscriptions.push(host);
  activateEditor(context, {
    host,
    hostTitle: globalThis.crossOriginIsolated ? 'web worker, isolated' : 'web worker',
    pacing: 'confirmed',
    readAttacks: () => read('dist', 'attacks.json'),
  });
}

/** Fetching is faster where the extension is served over http; elsewhere VS Code has to read it. */
async function readFile(uri: vscode.Uri): Promise<Uint8Array> {
  try {
    const response = await fetch(uri.toString(true));
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch {
    // Not a URL to fetch from here; the error of the other way says more.
  }
  return vscode.workspace.fs.readFile(uri);
}
