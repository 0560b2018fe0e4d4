// Writes runtime/THIRD_PARTY_NOTICES.txt: the licence of everything that the artefacts contain.
//
//     SOURCES=… node notices.mjs CHROOT

import fs from 'node:fs';
import { components } from './components.mjs';

const INTRODUCTION = `This product contains the following components. Its own code is under the licence in LICENSE.
`;

const [chroot] = process.argv.slice(2);
const sections = components(chroot, process.env.SOURCES ?? '').map((component) => {
  // A line of a licence's text that looks like one of our headings would be taken for a component.
  const notice = component.notice.replaceAll('\r\n', '\n').replace(/^## /gmu, ' ## ');
  return `## ${component.name} ${component.version}\n\nLicence: ${component.licence}\n\n${notice.trim()}\n`;
});
const text = [INTRODUCTION, ...sections].join('\n');
fs.writeFileSync(new URL('../THIRD_PARTY_NOTICES.txt', import.meta.url), text);
