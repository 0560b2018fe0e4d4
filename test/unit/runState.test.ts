import { expect } from 'chai';
import fc from 'fast-check';
import { reduceRun, type RunEvent, type RunState } from '../../src/engine/runState.js';
import { guestText } from '../../src/protocol/guestText.js';
import { DEFAULT_LIMITS } from '../../src/protocol/limits.js';
import type { GuestEnd } from '../../src/protocol/messages.js';

const RETURNED: GuestEnd = {
  kind: 'returned',
  exitCode: 0,
  uncaught: false,
  outOfMemory: false,
  keyboardInterrupt: false,
};
const ended = (end: Partial<Extract<GuestEnd, { kind: 'returned' }>> = {}): RunEvent => ({
  kind: 'ended',
  end: { ...RETURNED, ...end },
});

function after(...events: readonly RunEvent[]): RunState {
  return events.reduce<RunState>((state, event) => reduceRun(state, event, DEFAULT_LIMITS), {
    kind: 'waiting',
  });
}

function outcomeAfter(...events: readonly RunEvent[]): unknown {
  const state = after(...events);
  return state.kind === 'settled' ? state.outcome : state.kind;
}

describe('reduceRun', () => {
  const started: RunEvent = { kind: 'started' };
  const stop: RunEvent = { kind: 'stopRequested' };
  const ignored: RunEvent = { kind: 'interruptIgnored' };
  const late: RunEvent = { kind: 'timeLimitReached' };
  const killed: RunEvent = { kind: 'killed' };

  it('ends as the program did', () => {
    expect(outcomeAfter(started, ended({ exitCode: 3 }))).to.deep.equal({
      kind: 'exited',
      code: 3,
      traceback: null,
    });
  });

  it('calls an uncaught KeyboardInterrupt an interruption', () => {
    expect(outcomeAfter(started, stop, ended({ keyboardInterrupt: true }))).to.deep.equal({
      kind: 'interrupted',
      started: true,
      forced: false,
    });
  });

  it('takes a KeyboardInterrupt that nobody asked for as the program’s own', () => {
    const own = ended({ keyboardInterrupt: true, exitCode: 130 });
    expect(outcomeAfter(started, own)).to.deep.equal({
      kind: 'exited',
      code: 130,
      traceback: null,
    });
  });

  it('lets a program that caught the interrupt end by itself', () => {
    expect(outcomeAfter(started, stop, ended({ exitCode: 3 }))).to.include({
      kind: 'exited',
      code: 3,
    });
  });

  it('stops by force what ignores the interrupt, whichever way it then ends', () => {
    const forced = { kind: 'interrupted', started: true, forced: true };
    expect(outcomeAfter(started, stop, ignored, killed)).to.deep.equal(forced);
    expect(
      outcomeAfter(started, stop, ignored, { kind: 'ended', end: { kind: 'aborted' } }),
    ).to.deep.equal(forced);
    expect(outcomeAfter(started, stop, late, ended())).to.deep.equal(forced);
  });

  it('stops a waiting run at once', () => {
    expect(outcomeAfter(stop, started)).to.deep.equal({
      kind: 'interrupted',
      started: false,
      forced: false,
    });
  });

  it('names the limit that was passed', () => {
    expect(outcomeAfter(started, late, killed)).to.deep.equal({
      kind: 'timedOut',
      limitMs: 60_000,
    });
    expect(outcomeAfter(started, ended({ outOfMemory: true }))).to.deep.equal({
      kind: 'limitExceeded',
      limit: 'memory',
      limitBytes: DEFAULT_LIMITS.memoryBytes,
    });
    expect(outcomeAfter(started, { kind: 'outputLimitReached' }, killed)).to.deep.equal({
      kind: 'limitExceeded',
      limit: 'output',
      limitBytes: DEFAULT_LIMITS.outputBytes,
    });
  });

  it('names the fuel limit', () => {
    expect(outcomeAfter(started, { kind: 'ended', end: { kind: 'fuelLimit' } })).to.deep.equal({
      kind: 'limitExceeded',
      limit: 'fuel',
      limitTicks: DEFAULT_LIMITS.fuel,
    });
  });

  it('does not believe a worker that says it was aborted unasked, or that goes away', () => {
    expect(outcomeAfter(started, { kind: 'ended', end: { kind: 'aborted' } })).to.include({
      kind: 'failed',
      code: 'protocol',
    });
    expect(outcomeAfter(started, killed)).to.include({ kind: 'failed', code: 'workerLost' });
  });

  it('settles once, whatever comes in whatever order, and only forward', () => {
    const event = fc.oneof(
      fc.constantFrom<RunEvent>(started, stop, ignored, late, killed, {
        kind: 'outputLimitReached',
      }),
      fc.record({
        kind: fc.constant('ended' as const),
        end: fc.constantFrom<GuestEnd>(
          RETURNED,
          { kind: 'aborted' },
          { kind: 'outputLimit' },
          { kind: 'trapped', trap: 'other', detail: guestText('x') },
          { kind: 'failed', detail: guestText('x') },
        ),
      }),
      fc.constant<RunEvent>({ kind: 'failed', code: 'workerLost', detail: 'x' }),
    );
    const order = ['waiting', 'running', 'interrupting', 'aborting', 'settled'];
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        let state: RunState = { kind: 'waiting' };
        for (const next of events) {
          const before: RunState = state;
          state = reduceRun(before, next, DEFAULT_LIMITS);
          expect(order.indexOf(state.kind)).to.be.at.least(order.indexOf(before.kind));
          if (before.kind === 'settled') expect(state).to.equal(before);
        }
        expect(
          reduceRun(state, { kind: 'failed', code: 'disposed', detail: '' }, DEFAULT_LIMITS).kind,
        ).to.equal('settled');
      }),
    );
  });
});
