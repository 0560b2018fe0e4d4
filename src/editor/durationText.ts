/** A length of time as people say it: `12 ms`, `3.2 s`, `1 min 5 s`, `2 h 3 min`. */
export function durationText(durationMs: number): string {
  if (durationMs < 999.5) return `${String(Math.max(1, Math.round(durationMs)))} ms`;
  const tenths = Math.round(durationMs / 100);
  if (tenths < 600) return `${String(tenths / 10)} s`;
  const seconds = Math.round(durationMs / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min ${String(seconds % 60)} s`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}
