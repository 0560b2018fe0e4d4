import { expect } from 'chai';
import { durationText } from '../../src/editor/durationText.js';
import { failureAdvice } from '../../src/editor/failureAdvice.js';
import { outcomeText } from '../../src/editor/outcomeText.js';
import { guestText } from '../../src/protocol/guestText.js';
import type { FailureCode, Outcome, TrapKind } from '../../src/protocol/outcome.js';
import { NO_REFUSALS } from '../../src/protocol/refusedCall.js';
import type { Traceback } from '../../src/protocol/traceback.js';
import { refusalText } from '../../src/editor/refusalText.js';
import { translate } from './editorTranslate.js';

function text(outcome: Outcome, durationMs = 12): string {
  const result = {
    outcome,
    durationMs,
    memoryBytes: 0,
    fuel: 0,
    value: null,
    refusals: NO_REFUSALS,
  };
  return outcomeText(result, translate);
}

function raised(type: string): Traceback {
  const empty = guestText('');
  return {
    ...{ type: guestText(type), module: empty, message: empty, notes: [], frames: [] },
    ...{ syntax: null, cause: null, context: null, suppressContext: false, exceptions: [] },
  };
}

const MEBIBYTE = 1024 * 1024;

describe('editor: how a run ended, in words', () => {
  it('says how a program exited', () => {
    expect(text({ kind: 'exited', code: 0, traceback: null })).to.equal('✓ finished in 12 ms');
    expect(text({ kind: 'exited', code: 3, traceback: null }, 2345)).to.equal(
      '✗ exited with code 3 after 2.3 s',
    );
    expect(text({ kind: 'exited', code: 1, traceback: raised('ValueError') })).to.equal(
      '✗ exited with code 1 after 12 ms: ValueError',
    );
  });

  it('takes nothing but a name for the name of an exception', () => {
    for (const type of ['E\n\u2b22 ✓ finished', 'a b', '', 'x'.repeat(100), '\u202eE']) {
      expect(text({ kind: 'exited', code: 1, traceback: raised(type) })).to.equal(
        '✗ exited with code 1 after 12 ms',
      );
    }
  });

  it('says that it was stopped', () => {
    const stopped = { kind: 'interrupted', started: true, forced: false } as const;
    expect(text(stopped)).to.equal('■ stopped after 12 ms');
    expect(text({ ...stopped, started: false })).to.equal('■ stopped before it started');
    expect(text({ ...stopped, forced: true })).to.include('by force');
  });

  it('names each limit and its setting', () => {
    expect(text({ kind: 'timedOut', limitMs: 60_000 })).to.equal(
      '✗ timed out after 60 s; raise "wasmSandbox.limits.timeoutSeconds" to allow more',
    );
    expect(text({ kind: 'limitExceeded', limit: 'memory', limitBytes: 512 * MEBIBYTE })).to.match(
      /memory.* 512 MB; raise "wasmSandbox\.limits\.memoryMegabytes"/,
    );
    expect(text({ kind: 'limitExceeded', limit: 'output', limitBytes: 10 * MEBIBYTE })).to.match(
      /printed.* 10 MB; raise "wasmSandbox\.limits\.outputMegabytes"/,
    );
  });

  it('has one line for every trap and every failure', () => {
    const traps: readonly TrapKind[] = ['stackOverflow', 'memoryAccess', 'unreachable', 'other'];
    const codes: readonly FailureCode[] = [
      ...(['runtimeMissing', 'runtimeCorrupt', 'workerStart', 'workerLost'] as const),
      ...(['protocol', 'interpreter', 'disposed'] as const),
    ];
    const lines = [
      ...traps.map((trap) => text({ kind: 'trapped', trap, detail: guestText('x') })),
      ...codes.map((code) => text({ kind: 'failed', code, detail: 'x' })),
    ];
    expect(new Set(lines)).to.have.property('size', lines.length);
    for (const line of lines) expect(line).to.match(/^✗ .+$/);
    expect(failureAdvice('disposed', translate)).to.equal(null);
    expect(failureAdvice('runtimeMissing', translate)?.message).to.include('Reinstall');
  });

  it('gives lengths of time', () => {
    const given = [0, 0.4, 12.4, 999, 999.6, 3240, 59_960, 65_000, 3_600_000, 7_400_000];
    expect(given.map(durationText)).to.deep.equal([
      ...['1 ms', '1 ms', '12 ms', '999 ms', '1 s', '3.2 s'],
      ...['1 min 0 s', '1 min 5 s', '1 h 0 min', '2 h 3 min'],
    ]);
  });
});

describe('editor: what was refused, in words', () => {
  function refused(...calls: [seenBy: 'wasi' | 'guest', operation: string, target: string][]) {
    return {
      calls: calls.map(([seenBy, operation, target]) => ({
        seenBy,
        operation: guestText(operation),
        target: guestText(target),
        errno: 44,
        count: 2,
      })),
      omitted: 0,
    };
  }

  it('says nothing of nothing', () => {
    expect(refusalText(NO_REFUSALS, translate)).to.equal(null);
  });

  it('tells what the wall saw from what Python reports', () => {
    expect(
      refusalText(
        refused(
          ['wasi', 'open', '/etc/passwd'],
          ['guest', 'connect', 'a.b:80'],
          ['guest', 'x', ''],
        ),
        translate,
      ),
    ).to.equal('refused: open /etc/passwd (2); reported by Python: connect a.b:80 (2), x (2)');
  });

  it('shows eight of each, and counts the rest', () => {
    const many = refused(
      ...Array.from({ length: 10 }, (_, i) => ['wasi', 'open', `/${String(i)}`] as const).map(
        (call) => [...call] as ['wasi', string, string],
      ),
    );
    expect(refusalText({ ...many, omitted: 5 }, translate)).to.match(
      /^refused: open \/0 \(2\), .*open \/7 \(2\); and 9 more$/,
    );
  });

  it('stays on its line, whatever the names are made of', () => {
    const text = refusalText(
      refused(
        ['wasi', 'open', '/a\n\u2b22 ✓ finished\u202e'],
        ['guest', '\u2b23\r\x1b[2J', 'x'.repeat(500)],
      ),
      translate,
    );
    expect(text).to.not.match(/[\p{Cc}\u2028\u202e\u2b22\u2b23]/u);
    expect(text?.length).to.be.lessThan(400);
  });
});
