import { parseArgs } from 'node:util';
import type { JsonValue } from '../../engine/program.js';
import type { Limits } from '../../protocol/limits.js';

/** What the command line asks for. */
export interface CliArguments {
  /** A path, or `-` for stdin. */
  readonly file: string;
  readonly json: boolean;
  readonly limits: Partial<Limits>;
  /** File with the program's stdin; null for none. */
  readonly stdinFile: string | null;
  readonly globals: Readonly<Record<string, JsonValue>>;
}

/** The command line is wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `usage: sandbox [--json] [--timeout-ms N] [--memory-mb N] [--max-output-bytes N]
               [--fuel N] [--stdin FILE] [--globals JSON] FILE|-`;

const MEBIBYTE = 1024 * 1024;

/** @throws UsageError */
export function parseCliArguments(argv: readonly string[]): CliArguments {
  const { values, positionals } = parse(argv);
  const [file, ...rest] = positionals;
  if (file === undefined) throw new UsageError('no file given');
  if (rest.length > 0) throw new UsageError(`more than one file given: ${positionals.join(' ')}`);
  const memoryMb = wholeNumber('--memory-mb', values['memory-mb']);
  const timeoutMs = wholeNumber('--timeout-ms', values['timeout-ms']);
  const fuel = wholeNumber('--fuel', values.fuel);
  const outputBytes = wholeNumber('--max-output-bytes', values['max-output-bytes']);
  return {
    file,
    json: values.json ?? false,
    limits: {
      ...(timeoutMs === null ? {} : { timeoutMs }),
      ...(memoryMb === null ? {} : { memoryBytes: memoryMb * MEBIBYTE }),
      ...(outputBytes === null ? {} : { outputBytes }),
      ...(fuel === null ? {} : { fuel }),
    },
    stdinFile: values.stdin ?? null,
    globals: parseGlobals(values.globals),
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        'timeout-ms': { type: 'string' },
        'memory-mb': { type: 'string' },
        'max-output-bytes': { type: 'string' },
        fuel: { type: 'string' },
        stdin: { type: 'string' },
        globals: { type: 'string' },
      },
    });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

function wholeNumber(option: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`${option} takes a whole number, not ${text}`);
  return Number(text);
}

function parseGlobals(text: string | undefined): Readonly<Record<string, JsonValue>> {
  if (text === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--globals is not JSON: ${String(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError('--globals takes a JSON object, its keys the names to define');
  }
  return value as Record<string, JsonValue>;
}
