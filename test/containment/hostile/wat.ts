/** WebAssembly text in a template. */
export function wat(
  strings: TemplateStringsArray,
  ...values: readonly (string | number)[]
): string {
  return String.raw({ raw: strings.raw }, ...values);
}
