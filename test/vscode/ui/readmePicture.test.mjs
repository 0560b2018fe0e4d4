// The picture in the README. `npm test -- --only ui-web --update-screenshots` takes it anew.
import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { inProject } from '../../support/paths.mjs';
import { commands } from './labels.mjs';
import { hostName, useWorkbench } from './useWorkbench.mjs';

const picture = inProject('media/screenshot.png');
// One host is enough: what it shows is the same in all of them.
const isUpdate = Boolean(process.env.UPDATE_SCREENSHOTS) && hostName === 'web';

describe('the picture in the README', () => {
  if (!isUpdate) {
    it('is there', () => expect(existsSync(picture), picture).to.equal(true));
    return;
  }

  const workbench = useWorkbench({ settings: { 'workbench.colorTheme': 'Default Light Modern' } });

  it('is taken', async () => {
    const { editor, output, page } = workbench();
    await page.setViewportSize({ width: 1120, height: 700 });
    await editor.open('escape.py');
    await workbench().runCommand(commands.run);
    await output.waitForLines(/^⬢ ✓/, 1);
    await editor.goTo(1);
    await page.screenshot({ path: picture });
  });
});
