import { visibleEscape } from '../common/visibleEscape.js';
import type { GuestText } from '../protocol/guestText.js';

// Controls but tabs and line breaks, line separators, and what hides or turns the direction of text.
const SPECIAL = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu;

/**
 * The one way for guest text into a Markdown report: a code block whose fence is longer than any
 * run of backticks in it. What hides or turns text is shown as escapes.
 * @param maxLength in UTF-16 units; what is left out is counted.
 */
export function markdownFence(text: GuestText, maxLength = 2000): string {
  const shown = text.slice(0, maxLength).replace(SPECIAL, visibleEscape);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  const rest = text.length - maxLength;
  const cut = rest > 0 ? `\n… ${String(rest)} characters more` : '';
  return `${fence}text\n${shown.replace(/\n$/, '')}${cut}\n${fence}\n`;
}

/** Text of ours in a paragraph, a heading or a table cell, on one line. */
export function markdownText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~&$]/g, '\\$&');
}
