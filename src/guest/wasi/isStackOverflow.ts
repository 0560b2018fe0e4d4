/**
 * Whether an error says that there is no stack left: RangeError in V8 and JavaScriptCore, where it
 * says other things as well, InternalError ("too much recursion") in SpiderMonkey.
 */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof Error && /call stack|too much recursion/i.test(error.message);
}
