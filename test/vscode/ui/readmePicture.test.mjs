// The picture in the README. `npm test -- --only ui-node --update-screenshots` takes it anew.
import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { inProject } from '../../support/paths.mjs';
import { emptyChannel } from './channel.mjs';
import { commands } from './labels.mjs';
import { hostName, useWorkbench } from './useWorkbench.mjs';

const picture = inProject('media/screenshot.png');
// One host is enough: what it shows is the same in all of them.
const isUpdate = Boolean(process.env.UPDATE_SCREENSHOTS) && hostName === 'node';

describe('the picture in the README', () => {
  if (!isUpdate) {
    it('is there', () => {
      expect(existsSync(picture), picture).to.equal(true);
    });
    return;
  }

  const workbench = useWorkbench({
    // Twice as many pixels, for screens that have them.
    size: { width: 940, height: 770, deviceScaleFactor: 2 },
    settings: {
      'workbench.activityBar.location': 'hidden',
      'editor.minimap.enabled': false,
      'editor.renderWhitespace': 'none',
      'window.commandCenter': false,
      'workbench.layoutControl.enabled': false,
    },
  });

  it('is taken', async () => {
    const { editor, output, page } = workbench();
    await editor.open('escape.py');
    await workbench().runCommand('View: Toggle Primary Side Bar Visibility');
    await editor.selectLines(2, 22);
    // The second run: the first one has an interpreter to load.
    await workbench().runCommand(commands.run);
    await output.waitForLines(/^⬢ ✓/, 1);
    await emptyChannel(workbench());
    await workbench().runCommand(commands.run);
    await output.waitForLines(/^⬢ ✓/, 1);
    await page.mouse.move(0, 0);
    await page.screenshot({ path: picture });
  });
});
