/**
 * The guest's clocks, in nanoseconds. The monotonic one goes on from where the snapshot was taken,
 * so it never runs backwards after a restore and tells nothing of the host's uptime.
 */
export class GuestClock {
  #monotonicBaseNs: bigint;
  #startedAtMs = performance.now();
  #realtimeBaseMs = Date.now();

  constructor(monotonicBaseNs: bigint) {
    this.#monotonicBaseNs = monotonicBaseNs;
  }

  /** The program starts: the time that its interpreter stood ready does not count. */
  restart(): void {
    this.#startedAtMs = performance.now();
    this.#realtimeBaseMs = Date.now();
    // Later than all that was handed out while the interpreter was prepared.
    this.#monotonicBaseNs += PREPARATION_NS;
  }

  readonly realtimeNs = (): bigint =>
    // The wall clock ticks in milliseconds; the steady one fills in what is between.
    BigInt(this.#realtimeBaseMs) * 1_000_000n + this.#elapsedNs();

  monotonicNs(): bigint {
    return this.#monotonicBaseNs + this.#elapsedNs();
  }

  #elapsedNs(): bigint {
    return toNs(performance.now() - this.#startedAtMs);
  }
}

/** More than preparing an interpreter can take. */
const PREPARATION_NS = 1_000_000_000n;

function toNs(durationMs: number): bigint {
  return BigInt(Math.round(durationMs * 1000)) * 1000n;
}
