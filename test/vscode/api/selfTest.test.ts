import { expect } from 'chai';
import * as vscode from 'vscode';
import { channelMatching, clearChannel } from './channel.js';
import { hostName } from './hostName.js';
import { openPython } from './pythonEditor.js';

const REPORT = vscode.Uri.parse('wasm-sandbox-report:/security-self-test.md');

describe('the security self-test', () => {
  it('makes every attempt on this host, beside the runs of the user', async function () {
    // Once takes long enough: on the other hosts the containment suites make the same attempts.
    if (hostName !== 'web') this.skip();
    this.timeout(400_000);
    await clearChannel();
    const tested = vscode.commands.executeCommand('wasmSandbox.runSelfTest');
    await openPython('print("meanwhile")');
    await vscode.commands.executeCommand('wasmSandbox.run');
    await channelMatching(/\nmeanwhile\n/);
    await tested;

    const report = await vscode.workspace.openTextDocument(REPORT);
    const text = report.getText();
    expect(report.languageId).to.equal('markdown');
    expect(vscode.window.activeTextEditor?.document.uri.toString()).to.equal(REPORT.toString());
    const [, attempts = '0'] =
      /^\*\*All of the (\d+) attempts to break out got exactly what they must get\.\*\*$/m.exec(
        text,
      ) ?? [];
    expect(Number(attempts), text.slice(0, text.indexOf('## Families'))).to.be.at.least(150);
    expect(text).to.match(/^\| \*\*all\*\* \| {2}\| (\d+) \| \d+ \| \d+ \| 0 \|$/m);
    expect(text).to.include(`| editor | ${vscode.env.appName} ${vscode.version} |`);
  });
});
