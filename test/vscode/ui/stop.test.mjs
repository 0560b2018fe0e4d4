// A run that does not end by itself: what shows while it runs, and every way to stop it.
import { expect } from 'chai';
import { emptyChannel, finishedRun } from './channel.mjs';
import { commands } from './labels.mjs';
import { useWorkbench } from './useWorkbench.mjs';

const endless = 'print("begun", flush=True)\nwhile True:\n    pass\n';

describe('stopping', () => {
  const workbench = useWorkbench();
  const statusItem = () => workbench().statusBar.item(/Wasm Sandbox (\d+ s|starting)/);
  const progress = () => workbench().notifications.toast('Wasm Sandbox: Untitled-1');

  before('open a program that never ends', () =>
    workbench().editor.openUntitled(endless, 'Python'),
  );

  afterEach('empty the channel', () => emptyChannel(workbench()));

  const start = async () => {
    await workbench().runCommand(commands.runFile);
    await workbench().output.waitForLines(/^begun$/, 1);
  };

  const expectStopped = async () => {
    const { body, end } = await finishedRun(workbench());
    expect(body).to.match(/^begun(\n|$)/);
    expect(end).to.match(/^■ stopped after /);
    await statusItem().waitFor({ state: 'hidden' });
    await progress().waitFor({ state: 'hidden' });
  };

  it('stops by a click on the status bar item', async () => {
    await start();
    await statusItem().click();
    await expectStopped();
  });

  it('stops by the command', async () => {
    await start();
    await statusItem().waitFor();
    await workbench().runCommand(commands.stop);
    await expectStopped();
  });

  it('stops by the Cancel button of the notification that a longer run shows', async () => {
    await start();
    await progress().waitFor();
    await workbench().notifications.click('Wasm Sandbox: Untitled-1', 'Cancel');
    await expectStopped();
  });

  it('offers to stop only while something runs', async () => {
    expect(await workbench().palette.hasCommand(commands.stop)).to.equal(false);
  });

  it('runs the next program as if nothing had happened', async () => {
    await workbench().editor.openUntitled('print("fresh", "begun" in dir())\n', 'Python');
    await workbench().runCommand(commands.runFile);
    const { body, end } = await finishedRun(workbench());
    expect(body).to.equal('fresh False');
    expect(end).to.match(/^✓ finished/);
  });
});
