// A folder that is not trusted: the place for code that you did not write.
import { expect } from 'chai';
import { restrictedModeSettings } from '../rig/settings.mjs';
import { finishedRun } from './channel.mjs';
import { commands } from './labels.mjs';
import { useWorkbench } from './useWorkbench.mjs';

describe('Restricted Mode', () => {
  const workbench = useWorkbench({ workspaceTrust: true, settings: restrictedModeSettings });

  it('runs code', async () => {
    await workbench().statusBar.item('Restricted Mode').waitFor();
    await workbench().editor.open('fibonacci.py');
    await workbench().runCommand(commands.runFile);
    const { title, body, end } = await finishedRun(workbench());
    expect(title).to.equal('fibonacci.py');
    expect(body).to.match(/^fibonacci\( 0\) = +0\n[^]*fibonacci\(49\) = 7,778,742,049$/);
    expect(end).to.match(/^✓ finished/);
  });
});
