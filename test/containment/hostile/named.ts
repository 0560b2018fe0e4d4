import type { HostileCall } from './calls.js';
import { LAYOUT } from './machineWat.js';
import type { Range } from './script.js';

const E = { fault: 21, illegalSequence: 25, invalid: 28, nameTooLong: 37 } as const;

/** What a call names, as WASI says it: written from its specification, not from the host's code. */
export interface Named {
  /** Where it may write if it is not refused. */
  readonly results: readonly Range[];
  /** What it may read. */
  readonly inputs: readonly Range[];
  /** Errors in its arguments; if there are any, it gets one of them, and nothing is written. */
  readonly defects: readonly number[];
  /** How long the guest asks to sleep at most, where its clock is the host's. */
  readonly waitNs: bigint;
}

const MAX_VECTORS = 1024;
const MAX_SUBSCRIPTIONS = 256;
const MAX_PATH_BYTES = 4096;

/** @returns null if the call names memory that is the machine's own: such a call is not made. */
export function nameArguments(call: HostileCall): Named | null {
  const results: Range[] = [];
  const inputs: Range[] = [];
  const defects: number[] = [];
  let waitNs = 0n;
  const isInside = ({ at, length }: Range): boolean => at + length <= LAYOUT.memoryBytes;
  const name = (list: Range[], range: Range): boolean => {
    if (isInside(range)) list.push(range);
    else defects.push(E.fault);
    return isInside(range);
  };
  const take = reader(call.args);
  const memory = new CallMemory(call);
  for (const role of call.spec.roles) {
    switch (role) {
      case 'outBuffer':
        name(results, { at: take(), length: take() });
        break;
      case 'path': {
        const range = { at: take(), length: take() };
        if (!name(inputs, range)) break;
        if (range.length > MAX_PATH_BYTES) defects.push(E.nameTooLong);
        else if (!isArena(range)) return null;
        else if (!isPath(memory.bytes(range))) defects.push(E.illegalSequence);
        break;
      }
      case 'outVectors':
      case 'inVectors': {
        const at = take();
        const count = take();
        if (count > MAX_VECTORS) {
          defects.push(E.invalid);
          break;
        }
        const list = { at, length: count * 8 };
        if (!name(inputs, list)) break;
        if (!isArena(list)) return null;
        let total = 0;
        for (let index = 0; index < count; index++) {
          const one = { at: memory.word(at + index * 8), length: memory.word(at + index * 8 + 4) };
          name(role === 'outVectors' ? results : inputs, one);
          total += one.length;
        }
        if (total > LAYOUT.memoryBytes) defects.push(E.invalid);
        break;
      }
      case 'poll': {
        const [at, events, count, eventCount] = [take(), take(), take(), take()];
        if (count === 0 || count > MAX_SUBSCRIPTIONS) {
          defects.push(E.invalid);
          break;
        }
        name(results, { at: events, length: count * 32 });
        name(results, { at: eventCount, length: 4 });
        const list = { at, length: count * 48 };
        if (!name(inputs, list)) break;
        if (!isArena(list)) return null;
        const waits = Array.from({ length: count }, (_, index) => memory.wait(at + index * 48));
        if (waits.includes(null)) defects.push(E.invalid);
        waitNs = waits.reduce<bigint>(
          (least, wait) => (least < (wait ?? 0n) ? least : (wait ?? 0n)),
          2n ** 64n,
        );
        break;
      }
      case 'report':
        // Answers 1 to whatever it does not take.
        take();
        take();
        break;
      default: {
        const value = take();
        if (role.startsWith('out')) name(results, { at: value, length: Number(role.slice(3)) });
        if (role === 'clock' && value > 3) defects.push(E.invalid);
      }
    }
  }
  if (!results.every((range) => range.length === 0 || isArena(range))) {
    // What is refused writes nothing, so it may name anything.
    if (defects.length === 0) return null;
  }
  return { results, inputs, defects, waitNs };
}

/** What the memory holds when a call is made, as far as it is known: the arenas. */
export class CallMemory {
  readonly #call: HostileCall;

  constructor(call: HostileCall) {
    this.#call = call;
  }

  bytes({ at, length }: Range): Uint8Array {
    const bytes = new Uint8Array(length).fill(this.#call.filler);
    for (const poke of this.#call.pokes) {
      const from = Math.max(at, poke.at);
      const to = Math.min(at + length, poke.at + poke.bytes.length);
      if (from < to) bytes.set(poke.bytes.subarray(from - poke.at, to - poke.at), from - at);
    }
    return bytes;
  }

  word(at: number): number {
    return this.#view(at, 4).getUint32(0, true);
  }

  /** For how long a subscription asks to sleep; null if it is of no known type. */
  wait(at: number): bigint | null {
    const view = this.#view(at, 48);
    const type = view.getUint8(8);
    if (type > 2) return null;
    if (type !== 0 || view.getUint32(16, true) > 1) return 0n;
    const timeoutNs = view.getBigUint64(24, true);
    const isAbsolute = (view.getUint16(40, true) & 1) !== 0;
    // Absolute times are either long past or centuries away.
    return isAbsolute && timeoutNs < 2n ** 50n ? 0n : timeoutNs;
  }

  #view(at: number, length: number): DataView {
    return new DataView(this.bytes({ at, length }).buffer);
  }
}

function reader(values: readonly (number | bigint)[]): () => number {
  let index = 0;
  return () => Number(values[index++]);
}

/** Whether a stretch lies in one of the arenas. */
export function isArena({ at, length }: Range): boolean {
  return (
    at + length <= LAYOUT.arenaBytes ||
    (at >= LAYOUT.highArena && at + length <= LAYOUT.memoryBytes)
  );
}

function isPath(bytes: Uint8Array): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\0');
  } catch {
    return false;
  }
}
