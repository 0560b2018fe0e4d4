/** Guest text for a terminal: nothing in it moves the cursor or changes colours. */
export function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
