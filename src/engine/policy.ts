import { DEFAULT_LIMITS, LIMIT_RANGES, type Limits } from '../protocol/limits.js';
import type { ClockSource, InstanceSettings } from '../protocol/messages.js';

/** All that a run is granted. What is not in it is not granted. */
export interface Policy extends InstanceSettings {
  /** What the program reads from stdin. */
  readonly stdin: Uint8Array;
}

/** What to grant or tighten; all that is left out stays at its default, which grants nothing. */
export interface PolicyOptions {
  /** Overrides of {@link DEFAULT_LIMITS}. */
  readonly limits?: Partial<Limits>;
  /** Default: none. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: empty. */
  readonly stdin?: Uint8Array;
  /** Default: `host`. */
  readonly clock?: ClockSource;
  /** A whole number from 0 to 2^53-1; default: null. */
  readonly seed?: number | null;
  /**
   * A seed. Short for that seed and a clock that starts in 2026 and moves with the program: the same
   * program with the same input gives the same bytes and burns the same fuel, on every machine.
   */
  readonly deterministic?: number | null;
}

/** The policy is not sound; the message names what is wrong. Nothing runs under it. */
export class InvalidPolicyError extends Error {
  override readonly name = 'InvalidPolicyError';
}

/** 2026-01-01T00:00:00Z. */
const DETERMINISTIC_START_MS = 1_767_225_600_000;
/** Year 9999: what Python's datetime can tell. */
const MAX_START_MS = 253_402_300_799_000;
const MAX_ENV_ENTRIES = 1000;
const MAX_ENV_LENGTH = 256 * 1024;
const MAX_STDIN_BYTES = 1024 * 1024 * 1024;

/**
 * Fills in the defaults. What is unknown, malformed or out of its range is refused, at every depth,
 * and never rounded to something wider. The result is made anew from plain values.
 * @throws InvalidPolicyError
 */
export function resolvePolicy(options: PolicyOptions = {}): Policy {
  const given = fields(options, 'policy', OPTION_NAMES);
  const deterministic = resolveSeed(given.get('deterministic'));
  if (deterministic !== null && (given.has('clock') || given.has('seed'))) {
    throw new InvalidPolicyError('deterministic sets the clock and the seed: give it or them');
  }
  return {
    limits: resolveLimits(given.get('limits')),
    env: resolveEnv(given.get('env')),
    stdin: resolveStdin(given.get('stdin')),
    clock:
      deterministic === null
        ? resolveClock(given.get('clock'))
        : { startMs: DETERMINISTIC_START_MS },
    seed: deterministic ?? resolveSeed(given.get('seed')),
  };
}

const OPTION_NAMES: readonly (keyof PolicyOptions)[] = [
  'limits',
  'env',
  'stdin',
  'clock',
  'seed',
  'deterministic',
];

function resolveLimits(given: unknown = {}): Limits {
  const resolved: Record<keyof Limits, number> = { ...DEFAULT_LIMITS };
  const names = Object.keys(LIMIT_RANGES) as (keyof Limits)[];
  for (const [name, value] of fields(given, 'limits', names)) {
    resolved[name] = wholeNumber(name, value, LIMIT_RANGES[name]);
  }
  return resolved;
}

function resolveEnv(given: unknown = {}): Readonly<Record<string, string>> {
  if (!isPlain(given)) throw new InvalidPolicyError('env must be an object of names and values');
  const entries = Object.entries(given);
  let length = 0;
  for (const [name, value] of entries) {
    if (name === '' || /[=\0]/.test(name)) {
      throw new InvalidPolicyError(`not the name of a variable: ${JSON.stringify(name)}`);
    }
    if (typeof value !== 'string' || value.includes('\0')) {
      throw new InvalidPolicyError(`env.${name} must be a string without NUL`);
    }
    length += name.length + value.length;
  }
  if (entries.length > MAX_ENV_ENTRIES || length > MAX_ENV_LENGTH) {
    throw new InvalidPolicyError(
      `env may have ${String(MAX_ENV_ENTRIES)} variables and ${String(MAX_ENV_LENGTH)} characters`,
    );
  }
  return Object.fromEntries(entries) as Record<string, string>;
}

function resolveStdin(given: unknown = new Uint8Array()): Uint8Array {
  if (!(given instanceof Uint8Array)) throw new InvalidPolicyError('stdin must be a Uint8Array');
  if (given.length > MAX_STDIN_BYTES) throw new InvalidPolicyError('stdin is longer than 1 GiB');
  return given;
}

function resolveClock(given: unknown = 'host'): ClockSource {
  if (given === 'host') return given;
  const startMs = fields(given, 'clock', ['startMs']).get('startMs');
  return { startMs: wholeNumber('clock.startMs', startMs, [0, MAX_START_MS]) };
}

function resolveSeed(given: unknown = null): number | null {
  return given === null ? null : wholeNumber('seed', given, [0, Number.MAX_SAFE_INTEGER]);
}

function wholeNumber(
  name: string,
  value: unknown,
  [least, most]: readonly [least: number, most: number],
): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) {
    return value;
  }
  // Not every object has a text: asking for it may throw.
  const isPlainText = typeof value === 'number' || typeof value === 'string';
  const shown = isPlainText ? String(value) : `of type ${typeof value}`;
  throw new InvalidPolicyError(
    `${name} must be a whole number from ${String(least)} to ${String(most)}, not ${shown}`,
  );
}

/** The own fields that are given, each known by name. */
function fields<Name extends string>(
  value: unknown,
  what: string,
  names: readonly Name[],
): ReadonlyMap<Name, unknown> {
  if (!isPlain(value)) throw new InvalidPolicyError(`${what} must be an object`);
  const given = new Map<Name, unknown>();
  for (const [key, field] of Object.entries(value)) {
    const name = names.find((known) => known === key);
    if (name === undefined) throw new InvalidPolicyError(`${what} has no ${JSON.stringify(key)}`);
    given.set(name, field);
  }
  return given;
}

/** An object of its own: what it inherits could change after it was checked. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
