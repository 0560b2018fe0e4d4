// A folder that is not trusted: the place for code that you did not write.
import { expect } from 'chai';
import { inProject } from '../../support/paths.mjs';
import { restrictedModeSettings } from '../rig/settings.mjs';
import { emptyChannel, finishedRun } from './channel.mjs';
import { commands } from './labels.mjs';
import { useWorkbench } from './useWorkbench.mjs';

describe('Restricted Mode', () => {
  const workbench = useWorkbench({
    folder: inProject('test/fixtures/untrusted'),
    workspaceTrust: true,
    settings: restrictedModeSettings,
  });
  const restricted = () => workbench().statusBar.item('Restricted Mode');

  const run = async (/** @type {string} */ file) => {
    await workbench().editor.open(file);
    await workbench().runCommand(commands.runFile);
    return finishedRun(workbench());
  };

  afterEach('empty the channel', () => emptyChannel(workbench()));

  it('runs code, within limits that the folder cannot loosen', async () => {
    await restricted().waitFor();
    const { title, body, end } = await run('greedy.py');
    expect(title).to.equal('greedy.py');
    expect(body).to.equal('refused');
    expect(end).to.match(/^✓ finished/);
  });

  it('takes tighter limits from the folder', async () => {
    const { body, end } = await run('endless.py');
    expect(body).to.match(/^(Traceback [^]*KeyboardInterrupt)?$/);
    expect(end).to.match(/^✗ timed out after 3 s/);
  });

  it('takes looser ones once the folder is trusted', async () => {
    await workbench().runCommand('Workspaces: Manage Workspace Trust');
    await workbench().page.getByRole('button', { name: 'Trust', exact: true }).click();
    await restricted().waitFor({ state: 'hidden' });
    // The page about trust lies over the window.
    await workbench()
      .page.getByLabel(/^Close Modal Editor/)
      .click();
    const { body, end } = await run('greedy.py');
    expect(`${body}\n${end}`).to.match(/^granted 540 MB\n✓ finished/);
  });
});
