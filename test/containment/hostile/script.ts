import { IMPORTS, parameterTypes } from './imports.js';
import { ARGUMENT_SLOTS, LAYOUT, OPCODE } from './machineWat.js';

/** A stretch of the guest's memory. */
export interface Range {
  readonly at: number;
  readonly length: number;
}

/** What one instruction of a script came to. */
export type ScriptResult =
  /** `touched`: the first address that changed without being named; null if none did. */
  | { readonly kind: 'call'; readonly answer: number; readonly touched: number | null }
  | { readonly kind: 'dump'; readonly bytes: Uint8Array }
  | { readonly kind: 'compare'; readonly touched: number | null };

/** Instructions for the script machine. */
export class Script {
  readonly #words: Uint8Array[] = [];
  readonly #results: (ScriptResult['kind'] | number)[] = [];

  /** Fills both arenas with a byte. */
  reset(filler: number): this {
    return this.#word(OPCODE.reset).#word(filler);
  }

  /** Puts bytes into an arena. */
  poke(at: number, bytes: Uint8Array): this {
    this.#word(OPCODE.poke).#word(at).#word(bytes.length);
    this.#words.push(bytes);
    return this;
  }

  /** @param results where the call may write. */
  call(name: string, args: readonly (number | bigint)[], results: readonly Range[] = []): this {
    const number = IMPORTS.findIndex((spec) => spec.name === name);
    const spec = IMPORTS[number];
    if (spec === undefined || parameterTypes(spec).length !== args.length) {
      throw new Error(`${name} is not called like this`);
    }
    this.#word(OPCODE.call).#word(number);
    const slots = new BigUint64Array(ARGUMENT_SLOTS);
    for (const [index, value] of args.entries()) slots[index] = BigInt(value);
    this.#words.push(new Uint8Array(slots.buffer));
    this.#word(results.length);
    for (const { at, length } of results) this.#word(at).#word(length);
    this.#results.push('call');
    return this;
  }

  /** Reports what is in a stretch of memory. */
  dump({ at, length }: Range): this {
    this.#results.push(length);
    return this.#word(OPCODE.dump).#word(at).#word(length);
  }

  /** Compares the memory with what it must be. */
  compare(): this {
    this.#results.push('compare');
    return this.#word(OPCODE.compare);
  }

  /** How many results the script gives so far. */
  get length(): number {
    return this.#results.length;
  }

  encode(): Uint8Array {
    const pieces = [...this.#words, new Uint8Array(4)];
    const script = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0));
    if (script.length > LAYOUT.requestBytes - 4096) throw new Error('the script is too long');
    let at = 0;
    for (const piece of pieces) {
      script.set(piece, at);
      at += piece.length;
    }
    return script;
  }

  /** @param report the machine's, in hexadecimal digits. */
  decode(report: string): readonly ScriptResult[] {
    let at = 0;
    const take = (digits: number): string => report.slice(at, (at += digits));
    const word = (): number => Number.parseInt(take(8), 16);
    const address = (): number | null => {
      const value = word();
      return value === 0xffffffff ? null : value;
    };
    const results = this.#results.map((kind): ScriptResult => {
      if (kind === 'call') return { kind, answer: word(), touched: address() };
      if (kind === 'compare') return { kind, touched: address() };
      const digits = take(Number(kind) * 2).match(/../g) ?? [];
      return { kind: 'dump', bytes: Uint8Array.from(digits, (byte) => Number.parseInt(byte, 16)) };
    });
    if (at !== report.length) throw new Error('the report is not that of the script');
    return results;
  }

  #word(value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value, true);
    this.#words.push(bytes);
    return this;
  }
}
