/** Text of these lines, each ended, as print makes them. */
export function lines(...each: readonly string[]): string {
  return each.map((line) => `${line}\n`).join('');
}
