import * as vscode from 'vscode';
import { errorMessage } from '../common/errorMessage.js';
import type { SandboxHost } from '../engine/sandboxHost.js';
import { parseAttacks } from '../selfTest/parseAttacks.js';
import { runSelfTest, type SelfTestResult } from '../selfTest/runSelfTest.js';
import { selfTestReport, type HostFacts } from '../selfTest/selfTestReport.js';
import { labelText } from './labelText.js';
import { ReportDocuments } from './reportDocuments.js';

/** What the self-test needs of the host that the extension is in. */
export interface SelfTestEnvironment {
  readonly host: SandboxHost;
  /** The extension host, in the report: `Node`. */
  readonly hostTitle: string;
  /** Gives dist/attacks.json. */
  readonly readAttacks: () => Promise<Uint8Array>;
}

/** Runs the attack suite on the user's own host, beside whatever else runs, and opens a report. */
export class SelfTestCommand implements vscode.Disposable {
  readonly #environment: SelfTestEnvironment;
  readonly #version: string;
  readonly #reports = new ReportDocuments();
  #running: Promise<void> | null = null;

  /** @param version the extension's. */
  constructor(environment: SelfTestEnvironment, version: string) {
    this.#environment = environment;
    this.#version = version;
  }

  /** Resolves when the report is open. Never rejects: what goes wrong is shown. */
  run(): Promise<void> {
    // Twice at a time would show nothing new: whoever asks again waits for the one under way.
    this.#running ??= this.#runOnce().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #runOnce(): Promise<void> {
    try {
      const result = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t('Wasm Sandbox: security self-test'),
          cancellable: true,
        },
        (progress, token) => this.#test(progress, token),
      );
      await this.#reports.show('security-self-test', selfTestReport(result, this.#facts()));
    } catch (error) {
      void vscode.window.showErrorMessage(
        vscode.l10n.t(
          'The security self-test could not be run: {0}',
          labelText(errorMessage(error)),
        ),
      );
    }
  }

  async #test(
    progress: vscode.Progress<{ message: string; increment: number }>,
    token: vscode.CancellationToken,
  ): Promise<SelfTestResult> {
    const families = parseAttacks(await this.#environment.readAttacks());
    let shown = 0;
    return runSelfTest(this.#environment.host, families, {
      isCancelled: () => token.isCancellationRequested,
      onProgress: (done, total, family) => {
        const message = vscode.l10n.t('{0} of {1} attempts: {2}', done, total, family.name);
        progress.report({ message, increment: ((done - shown) / total) * 100 });
        shown = done;
      },
    });
  }

  #facts(): HostFacts {
    return [
      ['Wasm Sandbox', this.#version],
      ['editor', `${vscode.env.appName} ${vscode.version}`],
      ['extension host', this.#environment.hostTitle],
      ['made at', new Date().toISOString()],
    ];
  }

  dispose(): void {
    this.#reports.dispose();
  }
}
