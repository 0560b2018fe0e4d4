/** The last part of a document's path, as tracebacks and headers show it. */
export function documentName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === '' ? 'untitled' : name;
}
