// The security self-test: in the background, with a way to cancel, and a report at the end.
import { expect } from 'chai';
import { commands } from './labels.mjs';
import { useWorkbench } from './useWorkbench.mjs';

describe('the security self-test', () => {
  const workbench = useWorkbench();
  const progress = () => workbench().notifications.toast('security self-test');

  it('shows how far it is, can be cancelled, and reports on what was made', async () => {
    await workbench().runCommand(commands.runSelfTest);
    await progress()
      .filter({ hasText: /[1-9]\d* of \d+ attempts: / })
      .waitFor();
    await workbench().notifications.click('security self-test', 'Cancel');
    await progress().waitFor({ state: 'hidden' });
    await workbench()
      .editor.tab(/security-self-test/)
      .waitFor();
    await workbench()
      .editor.lines(/Cancelled:/)
      .waitFor();
    expect(
      await workbench()
        .editor.lines(/failed\*\*/)
        .count(),
    ).to.equal(0);
  });
});
