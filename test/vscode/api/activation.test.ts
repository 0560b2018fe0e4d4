import { expect } from 'chai';
import * as vscode from 'vscode';
import { hostName } from './hostName.js';

const extensionId = 'wasm-sandbox.wasm-sandbox-python';

describe('activation', () => {
  it('runs in the extension host that this run is for', () => {
    const isNode = typeof process === 'object' && process.versions?.node !== undefined;
    expect(isNode).to.equal(hostName === 'node' || hostName === 'electron');
    expect(Boolean(globalThis.crossOriginIsolated)).to.equal(hostName === 'web-isolated');
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
