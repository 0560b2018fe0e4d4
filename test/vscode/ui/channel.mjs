// The output channel of the extension, in which every line of ours begins with a mark.
import { commands } from './labels.mjs';

/** @typedef {import('../rig/workbench.mjs').Workbench} Workbench */

const firstLine = /^⬢ ▶ (.*) · \d\d:\d\d:\d\d$/;
const lastLine = /^⬢ ([✓✗■] .*)$/;

/**
 * Empties the channel, so that a test sees only what it causes.
 * @param {Workbench} workbench
 */
export async function emptyChannel(workbench) {
  // The command is there only after a run.
  if (!(await workbench.palette.hasCommand(commands.clearOutput))) return;
  await workbench.runCommand(commands.clearOutput);
  await workbench.output.waitForLines(/./, 0);
}

/**
 * Waits for the end of the run that is in the channel.
 * @param {Workbench} workbench
 * @returns {Promise<{ title: string, body: string, end: string, after: string[] }>} its header,
 *   output and footer, and the lines of ours after that
 */
export async function finishedRun({ output }) {
  await output.waitForLines(lastLine, 1);
  const text = await output.text();
  const [first = '', ...rest] = text.replace(/\n+$/, '').split('\n');
  const title = first.match(firstLine)?.[1];
  const last = rest.findLastIndex((line) => lastLine.test(line));
  const end = rest[last]?.match(lastLine)?.[1];
  if (title === undefined || end === undefined) throw new Error(`not one whole run:\n${text}`);
  return { title, body: rest.slice(0, last).join('\n'), end, after: rest.slice(last + 1) };
}
