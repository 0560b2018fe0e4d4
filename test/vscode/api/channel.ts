import * as vscode from 'vscode';

/**
 * The text of the extension's output channel. There is no API to read a channel, but the document
 * that the panel shows is one of the open documents.
 */
function channelText(): string {
  const shown = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'output');
  return shown?.getText().replace(/\r\n/g, '\n') ?? '';
}

/** Resolves with the text of the channel once it matches; rejects with what it is after a while. */
export function channelMatching(pattern: RegExp, timeoutMs = 15_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const subscriptions: vscode.Disposable[] = [];
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
      settle();
    };
    const look = () => {
      const text = channelText();
      if (!pattern.test(text)) return;
      finish(() => {
        resolve(text);
      });
    };
    const timer = setTimeout(() => {
      finish(() => {
        reject(new Error(`no ${pattern.source} in the channel:\n${channelText()}`));
      });
    }, timeoutMs);
    subscriptions.push(
      vscode.workspace.onDidOpenTextDocument(look),
      vscode.workspace.onDidChangeTextDocument(look),
    );
    look();
  });
}

/** Empties the channel, so that a test sees only what it causes. */
export async function clearChannel(): Promise<void> {
  await vscode.commands.executeCommand('wasmSandbox.clearOutput');
  await channelMatching(/^$/);
}
