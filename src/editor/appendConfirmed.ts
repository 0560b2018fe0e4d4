import * as vscode from 'vscode';

/** Far longer than an append takes to arrive where the channel is in view. */
const GIVE_UP_MS = 2000;
/** Where it is out of view, nothing arrives: as long as an append takes at most otherwise. */
const UNSEEN_PAUSE_MS = 400;
const TAIL_LENGTH = 64;

/** Appends to a channel. Resolves when the text has arrived in the channel's document. */
export function appendConfirmed(channel: vscode.OutputChannel, text: string): Promise<void> {
  const isOfChannel = ({ uri }: vscode.TextDocument): boolean =>
    uri.scheme === 'output' && uri.path.endsWith(channel.name);
  const isInView = vscode.workspace.textDocuments.some(isOfChannel);
  const tail = text.slice(-TAIL_LENGTH);
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    };
    const timer = setTimeout(finish, isInView ? GIVE_UP_MS : UNSEEN_PAUSE_MS);
    const subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      const hasArrived = event.contentChanges.some((change) =>
        change.text.replaceAll('\r', '').endsWith(tail),
      );
      if (hasArrived && isOfChannel(event.document)) finish();
    });
    channel.append(text);
  });
}
