import * as vscode from 'vscode';

const SCHEME = 'wasm-sandbox-report';
const SHOW_PREVIEW = 'markdown.showPreview';

/** Read-only Markdown documents of ours, shown as VS Code shows Markdown. */
export class ReportDocuments implements vscode.Disposable {
  readonly #contents = new Map<string, string>();
  readonly #onDidChange = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: this.#onDidChange.event,
    provideTextDocumentContent: (uri) => this.#contents.get(uri.path) ?? null,
  });

  /** Opens the report of that name with new content; one that is open already is brought up to date. */
  async show(name: string, markdown: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.md` });
    this.#contents.set(uri.path, markdown);
    this.#onDidChange.fire(uri);
    const commands = await vscode.commands.getCommands(true);
    if (commands.includes(SHOW_PREVIEW)) {
      await vscode.commands.executeCommand(SHOW_PREVIEW, uri);
    } else {
      await vscode.window.showTextDocument(uri, { preview: false });
    }
  }

  dispose(): void {
    this.#registration.dispose();
    this.#onDidChange.dispose();
  }
}
