import * as vscode from 'vscode';

const SCHEME = 'wasm-sandbox-report';

/** Read-only Markdown documents of ours. */
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
    // As text: a preview needs an extension and a webview, and fails without a word where one lacks.
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#onDidChange.dispose();
  }
}
