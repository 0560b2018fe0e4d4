import { expect } from 'chai';
import * as vscode from 'vscode';
import { hostName } from './hostName.js';

const extensionId = 'wasm-sandbox.wasm-sandbox-python';

describe('activation', () => {
  it('runs in the extension host that this run is for', () => {
    const { WorkerGlobalScope, crossOriginIsolated } = globalThis as Partial<
      Record<'WorkerGlobalScope' | 'crossOriginIsolated', unknown>
    >;
    const isWebWorker = WorkerGlobalScope !== undefined;
    expect(isWebWorker).to.equal(hostName === 'web' || hostName === 'web-isolated');
    expect(crossOriginIsolated === true).to.equal(hostName === 'web-isolated');
  });

  it('activates', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    expect(extension, `${extensionId} is not installed`).to.not.equal(undefined);
    await extension?.activate();
    expect(extension?.isActive).to.equal(true);
  });

  it('registers every command that package.json contributes', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    await extension?.activate();
    const manifest = extension?.packageJSON as { contributes: { commands: { command: string }[] } };
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    expect(contributed).to.include.members(['wasmSandbox.run', 'wasmSandbox.runFile']);
    expect(await vscode.commands.getCommands(true)).to.include.members(contributed);
  });
});
