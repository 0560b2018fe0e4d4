import { visibleEscape } from '../common/visibleEscape.js';

// All that could break the line, hide, turn the direction of text or pass for our own mark.
const SPECIAL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}\u2b22\u2b23]/gu;
const MAX_LENGTH = 200;

/**
 * Foreign text as a part of a line of ours in the output channel: a file's name, an error's detail.
 * It stays on that line, is cut to a sensible length, and shows what it is made of.
 */
export function plainLine(text: string): string {
  const line = text.slice(0, MAX_LENGTH).replace(SPECIAL, visibleEscape);
  return text.length > MAX_LENGTH ? `${line}…` : line;
}
