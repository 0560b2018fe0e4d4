import { DEFAULT_LIMITS, LIMIT_RANGES, type Limits } from '../protocol/limits.js';

/** A limit was given that is unknown, not a whole number or out of its range. */
export class InvalidLimitError extends Error {
  override readonly name = 'InvalidLimitError';
}

/**
 * Fills in the defaults. A wrong value is refused, never rounded to something wider.
 * @throws InvalidLimitError naming the limit and its range.
 */
export function resolveLimits(given: Partial<Limits> = {}): Limits {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(LIMIT_RANGES, name)) {
      throw new InvalidLimitError(`unknown limit: ${name}`);
    }
    const [least, most] = LIMIT_RANGES[name as keyof Limits];
    if (!Number.isSafeInteger(value) || value < least || value > most) {
      throw new InvalidLimitError(
        `${name} must be a whole number from ${String(least)} to ${String(most)}, not ${String(value)}`,
      );
    }
  }
  return { ...DEFAULT_LIMITS, ...given };
}
