import { plainLine } from './plainLine.js';

/**
 * Foreign text as a part of a notification, a pick or the status bar. Those make links out of
 * `[text](command:…)` and icons out of `$(name)`; a file's name must not.
 */
export function labelText(text: string): string {
  return plainLine(text).replaceAll('](', '] (').replaceAll('$(', '$ (');
}
