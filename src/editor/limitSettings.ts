import { DEFAULT_LIMITS, type Limits } from '../protocol/limits.js';

const MEBIBYTE = 1024 * 1024;
const WASM_PAGE = 65536;

/** A limit as the user sets it. Values are in the setting's unit. */
export interface LimitSetting {
  /** Full name of the setting. */
  readonly key: string;
  readonly unit: 's' | 'MB';
  /** How many of the limit's own units make one of the setting's. */
  readonly unitSize: number;
  readonly least: number;
  readonly most: number;
  readonly fallback: number;
}

/** The limits that can be set, with the ranges that package.json states. */
export const LIMIT_SETTINGS = {
  timeoutMs: {
    key: 'wasmSandbox.limits.timeoutSeconds',
    unit: 's',
    unitSize: 1000,
    least: 0.001,
    most: 86_400,
    fallback: DEFAULT_LIMITS.timeoutMs / 1000,
  },
  memoryBytes: {
    key: 'wasmSandbox.limits.memoryMegabytes',
    unit: 'MB',
    unitSize: MEBIBYTE,
    least: 48,
    most: 4095,
    fallback: DEFAULT_LIMITS.memoryBytes / MEBIBYTE,
  },
  outputBytes: {
    key: 'wasmSandbox.limits.outputMegabytes',
    unit: 'MB',
    unitSize: MEBIBYTE,
    least: 1,
    most: 1024,
    fallback: DEFAULT_LIMITS.outputBytes / MEBIBYTE,
  },
} as const satisfies Partial<Record<keyof Limits, LimitSetting>>;

/** The limits that settings decide on. */
export type SettableLimits = Pick<Limits, keyof typeof LIMIT_SETTINGS>;

/** Values in the settings' units, as whole numbers in the limits' own. */
export function toLimits(values: Readonly<Record<keyof SettableLimits, number>>): SettableLimits {
  const bytes = (megabytes: number): number => Math.floor(megabytes * MEBIBYTE);
  return {
    timeoutMs: Math.max(1, Math.round(values.timeoutMs * 1000)),
    memoryBytes: Math.floor(bytes(values.memoryBytes) / WASM_PAGE) * WASM_PAGE,
    outputBytes: bytes(values.outputBytes),
  };
}
