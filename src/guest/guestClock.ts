import type { ClockSource } from '../protocol/messages.js';

/**
 * The guest's clocks, in nanoseconds. The monotonic one goes on from where the snapshot was taken,
 * so it never runs backwards after a restore and tells nothing of the host's uptime.
 */
export interface GuestClock {
  /** Since 1970. */
  realtimeNs(): bigint;
  monotonicNs(): bigint;
  /** The program starts: the time that its interpreter stood ready does not count. */
  restart(): void;
  /** The interpreter has burnt one unit of fuel. */
  tick(): void;
  /** Lets the time pass, where it passes only by being told to. Returns whether it did. */
  skip(durationMs: number): boolean;
}

/** @param monotonicBaseNs the snapshot's. */
export function createGuestClock(source: ClockSource, monotonicBaseNs: bigint): GuestClock {
  return source === 'host'
    ? new HostClock(monotonicBaseNs)
    : new ProgramClock(BigInt(source.startMs) * 1_000_000n, monotonicBaseNs);
}

/** More than preparing an interpreter can take. */
const PREPARATION_NS = 1_000_000_000n;

/** The host's time. */
class HostClock implements GuestClock {
  #monotonicBaseNs: bigint;
  #startedAtMs = performance.now();
  #realtimeBaseMs = Date.now();

  constructor(monotonicBaseNs: bigint) {
    this.#monotonicBaseNs = monotonicBaseNs;
  }

  restart(): void {
    this.#startedAtMs = performance.now();
    this.#realtimeBaseMs = Date.now();
    // Later than all that was handed out while the interpreter was prepared.
    this.#monotonicBaseNs += PREPARATION_NS;
  }

  realtimeNs(): bigint {
    // The wall clock ticks in milliseconds; the steady one fills in what is between.
    return BigInt(this.#realtimeBaseMs) * 1_000_000n + this.#elapsedNs();
  }

  monotonicNs(): bigint {
    return this.#monotonicBaseNs + this.#elapsedNs();
  }

  tick(): void {
    // Time passes by itself.
  }

  skip(): boolean {
    return false;
  }

  #elapsedNs(): bigint {
    return BigInt(Math.round((performance.now() - this.#startedAtMs) * 1000)) * 1000n;
  }
}

/** About what a unit of fuel takes. */
const TICK_NS = 100_000n;
/** Each reading is later than the one before, so that a loop which waits for a time ends. */
const READING_NS = 1000n;

/** A time that depends on nothing but what the program does: sleeping takes none of the host's. */
class ProgramClock implements GuestClock {
  readonly #realtimeBaseNs: bigint;
  readonly #monotonicBaseNs: bigint;
  #elapsedNs = 0n;

  constructor(realtimeBaseNs: bigint, monotonicBaseNs: bigint) {
    this.#realtimeBaseNs = realtimeBaseNs;
    this.#monotonicBaseNs = monotonicBaseNs;
  }

  restart(): void {
    this.#elapsedNs = PREPARATION_NS;
  }

  realtimeNs(): bigint {
    return this.#realtimeBaseNs + this.#read() - PREPARATION_NS;
  }

  monotonicNs(): bigint {
    return this.#monotonicBaseNs + this.#read();
  }

  tick(): void {
    this.#elapsedNs += TICK_NS;
  }

  skip(durationMs: number): boolean {
    this.#elapsedNs += BigInt(Math.round(durationMs * 1e6));
    return true;
  }

  #read(): bigint {
    this.#elapsedNs += READING_NS;
    return this.#elapsedNs;
  }
}
