import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { activateEditor } from '../../editor/activateEditor.js';
import { createNodeHost } from './nodeHost.js';

/** Entry point where extensions run in Node: desktop, remote and code spaces. */
export function activate(context: vscode.ExtensionContext): void {
  const host = createNodeHost({
    runtimeFolder: path.join(context.extensionPath, 'runtime'),
    workerFile: path.join(context.extensionPath, 'dist', 'worker.cjs'),
  });
  activateEditor(context, {
    host,
    hostTitle: `Node ${process.versions.node}`,
    pacing: 'free',
    readAttacks: () => readFile(path.join(context.extensionPath, 'dist', 'attacks.json')),
  });
}
