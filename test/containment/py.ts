/** Python source in a template: its backslashes are Python's, and the indentation is taken off. */
export function py(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const source = String.raw({ raw: strings.raw }, ...values)
    .replace(/^\n/, '')
    .trimEnd();
  const indents = source
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return source
    .split('\n')
    .map((line) => line.slice(indent))
    .join('\n');
}
