import { expect } from 'chai';
import fc from 'fast-check';
import { reduceRun, type RunEvent, type RunState } from '../../src/engine/runState.js';
import { guestText } from '../../src/protocol/guestText.js';
import { DEFAULT_LIMITS } from '../../src/protocol/limits.js';
import type { GuestEnd } from '../../src/protocol/messages.js';
import type { Outcome } from '../../src/protocol/outcome.js';

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

  /** Everything that can happen, in every way that makes a difference. */
  const EVENTS: readonly RunEvent[] = [
    started,
    stop,
    ignored,
    late,
    killed,
    { kind: 'outputLimitReached' },
    { kind: 'failed', code: 'workerLost', detail: 'x' },
    ended({ exitCode: 3 }),
    ended({ outOfMemory: true }),
    ended({ keyboardInterrupt: true, outOfMemory: true }),
    { kind: 'ended', end: { kind: 'aborted' } },
    { kind: 'ended', end: { kind: 'outputLimit' } },
    { kind: 'ended', end: { kind: 'fuelLimit' } },
    { kind: 'ended', end: { kind: 'trapped', trap: 'other', detail: guestText('x') } },
    { kind: 'ended', end: { kind: 'failed', detail: guestText('x') } },
  ];
  const ORDER = ['waiting', 'running', 'interrupting', 'aborting', 'settled'];
  /** After these a run is over, whatever was before. */
  const LAST: ReadonlySet<string> = new Set(['ended', 'killed', 'failed']);

  /** Whether such an outcome can be had from what happened. */
  function isFounded(outcome: Outcome, events: readonly RunEvent[]): boolean {
    const has = (...kinds: readonly RunEvent['kind'][]): boolean =>
      kinds.every((kind) => events.some((event) => event.kind === kind));
    const endedAs = (test: (end: GuestEnd) => boolean): boolean =>
      events.some((event) => event.kind === 'ended' && test(event.end));
    switch (outcome.kind) {
      case 'exited':
        return endedAs((end) => end.kind === 'returned' && end.exitCode === outcome.code);
      case 'trapped':
        return endedAs(({ kind }) => kind === 'trapped');
      case 'interrupted':
        // None without a stop that was asked for, by force only where it was not enough.
        if (!has('stopRequested')) return false;
        if (!outcome.started) return events[0]?.kind !== 'started';
        if (!has('started')) return false;
        return outcome.forced
          ? has('interruptIgnored') || has('timeLimitReached')
          : endedAs((end) => end.kind === 'returned' && end.keyboardInterrupt);
      case 'timedOut':
        return has('started', 'timeLimitReached');
      case 'limitExceeded':
        if (outcome.limit === 'output') {
          return has('outputLimitReached') || endedAs(({ kind }) => kind === 'outputLimit');
        }
        return outcome.limit === 'fuel'
          ? endedAs(({ kind }) => kind === 'fuelLimit')
          : endedAs((end) => end.kind === 'returned' && end.outOfMemory);
      case 'failed':
        if (outcome.code === 'protocol') return endedAs(({ kind }) => kind === 'aborted');
        if (outcome.code === 'interpreter') return endedAs(({ kind }) => kind === 'failed');
        return has('failed') || has('killed');
    }
  }

  it('gives exactly one outcome, and a founded one, in every order of up to six events', () => {
    let orders = 0;
    const outcomes = new Set<string>();
    const explore = (state: RunState, events: readonly RunEvent[]): void => {
      orders++;
      if (state.kind === 'settled') {
        outcomes.add(JSON.stringify(state.outcome));
        if (!isFounded(state.outcome, events)) {
          throw new Error(`${JSON.stringify(state.outcome)} of ${JSON.stringify(events)}`);
        }
        // Nothing changes it any more.
        for (const event of EVENTS) {
          if (reduceRun(state, event, DEFAULT_LIMITS) !== state) throw new Error('changed');
        }
        return;
      }
      if (events.length === 6) return;
      for (const event of EVENTS) {
        const next = reduceRun(state, event, DEFAULT_LIMITS);
        const steps = ORDER.indexOf(next.kind) - ORDER.indexOf(state.kind);
        if (steps < 0) throw new Error(`${state.kind} back to ${next.kind}`);
        if (LAST.has(event.kind) && next.kind !== 'settled') throw new Error('not over');
        // What is being cut off has its outcome, unless the worker turns out to be broken.
        if (state.kind === 'aborting' && next.kind === 'settled' && event.kind !== 'failed') {
          expect(next.outcome).to.equal(state.outcome);
        }
        explore(next, [...events, event]);
      }
    };
    explore({ kind: 'waiting' }, []);
    // Every one that there is: 3 ways to be stopped, the time, 3 limits, 4 failures, 2 ends of its own.
    expect(outcomes.size).to.equal(13);
    expect(orders).to.be.greaterThan(30_000);
  });

  it('settles once, whatever comes in whatever order, and only forward', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 30 }), (events) => {
        let state: RunState = { kind: 'waiting' };
        for (const next of events) {
          const before: RunState = state;
          state = reduceRun(before, next, DEFAULT_LIMITS);
          expect(ORDER.indexOf(state.kind)).to.be.at.least(ORDER.indexOf(before.kind));
          if (before.kind === 'settled') expect(state).to.equal(before);
        }
        expect(
          reduceRun(state, { kind: 'failed', code: 'disposed', detail: '' }, DEFAULT_LIMITS).kind,
        ).to.equal('settled');
      }),
    );
  });
});
