/**
 * Runs something while a second takes a millisecond: for what waits for a worker that is silent.
 * Times of less than a second are as they are.
 */
export async function withShortTimers<T>(body: () => Promise<T>): Promise<T> {
  const { setTimeout: real } = globalThis;
  const short = (callback: () => void, delayMs = 0): unknown =>
    real(callback, delayMs >= 1000 ? delayMs / 1000 : delayMs);
  globalThis.setTimeout = short as typeof real;
  try {
    return await body();
  } finally {
    globalThis.setTimeout = real;
  }
}
