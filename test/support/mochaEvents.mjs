// What a mocha run says while it runs, in a form that crosses a process or page boundary.
// No imports: Node, a page and both extension hosts load this same file.

/** @typedef {import('./mochaEvents.d.mts').MochaEvent} MochaEvent */

/**
 * A mocha reporter that sends events instead of printing.
 * @param {(event: MochaEvent) => void} send
 */
export function reporterThatSends(send) {
  // A function, not an arrow or a class: mocha calls it with `new`.
  return function SendingReporter(/** @type {import('mocha').Runner} */ runner) {
    let depth = 0;
    runner.on('suite', (suite) => {
      if (!suite.root) send({ kind: 'suite', title: suite.title, depth: depth++ });
    });
    runner.on('suite end', (suite) => {
      if (!suite.root) depth--;
    });
    runner.on('pass', (test) =>
      send({
        kind: 'pass',
        ...titles(test, depth),
        durationMs: Math.round(test.duration ?? 0),
      }),
    );
    runner.on('fail', (test, error) =>
      send({ kind: 'fail', ...titles(test, depth), error: describeError(error) }),
    );
    runner.on('pending', (test) => send({ kind: 'skip', ...titles(test, depth) }));
    runner.on('end', () => send({ kind: 'end' }));
  };
}

/**
 * An event for people to read.
 * @param {MochaEvent} event
 * @returns {string | undefined} undefined where there is nothing to say
 */
export function eventText(event) {
  if (event.kind === 'end') return undefined;
  const indent = '  '.repeat(event.depth + 1);
  switch (event.kind) {
    case 'suite':
      return `${indent}${event.title}`;
    case 'pass':
      return `${indent}✔ ${event.title}${durationText(event.durationMs)}`;
    case 'skip':
      return `${indent}- ${event.title}`;
    case 'fail':
      return `${indent}✘ ${event.title}\n${event.error.replace(/^/gm, `${indent}    `)}`;
  }
}

/**
 * @param {import('mocha').Runnable} test
 * @param {number} depth
 */
function titles(test, depth) {
  return { title: test.title, fullTitle: test.fullTitle(), depth };
}

/** @param {unknown} error */
function describeError(error) {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? '';
  // Firefox and Safari leave the message out of the stack.
  const text = stack.includes(error.message) ? stack : `${error.name}: ${error.message}\n${stack}`;
  const { expected, actual } = /** @type {{ expected?: unknown, actual?: unknown }} */ (error);
  if (expected === undefined && actual === undefined) return withoutColours(text);
  return `${withoutColours(text)}\n  expected: ${show(expected)}\n  actual:   ${show(actual)}`;
}

/** @param {string} text */
function withoutColours(text) {
  return text.replace(/\u001b\[[\d;]*m/g, '');
}

/** @param {unknown} value */
function show(value) {
  let text;
  try {
    text = JSON.stringify(value);
  } catch {
    // a cycle or a BigInt
  }
  return (text ?? String(value)).slice(0, 2000);
}

/** @param {number} durationMs */
function durationText(durationMs) {
  return durationMs < 300 ? '' : ` (${durationMs} ms)`;
}
