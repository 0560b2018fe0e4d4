// Cleaning up that happens however this process ends, short of SIGKILL.

/** @type {Set<() => void>} */
const cleanups = new Set();

/**
 * @param {() => void} cleanup synchronous, for there is no time for more
 * @returns {() => void} takes it back
 */
export function atProcessEnd(cleanup) {
  if (cleanups.size === 0) listen();
  cleanups.add(cleanup);
  return () => {
    cleanups.delete(cleanup);
  };
}

let isListening = false;

function listen() {
  if (isListening) return;
  isListening = true;
  process.on('exit', () => {
    for (const cleanup of cleanups) cleanup();
  });
  // Without a handler a signal ends the process and skips the 'exit' event.
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  process.once('SIGHUP', () => process.exit(129));
}
