import { parseArgs } from 'node:util';
import type { PolicyOptions } from '../../engine/policy.js';
import type { JsonValue } from '../../engine/program.js';

/** What the command line asks for: to run a file, or to attack the sandbox itself. */
export type CliArguments = RunArguments | SelfTestArguments;

export interface SelfTestArguments {
  readonly mode: 'selfTest';
  /** Whether the result is to be JSON rather than Markdown. */
  readonly json: boolean;
}

export interface RunArguments {
  readonly mode: 'run';
  /** A path, or `-` for stdin. */
  readonly file: string;
  readonly json: boolean;
  /** All but stdin. */
  readonly policy: PolicyOptions;
  /** File with the program's stdin; null for none. */
  readonly stdinFile: string | null;
  readonly globals: Readonly<Record<string, JsonValue>>;
}

/** The command line is wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `usage: sandbox [--json] [--timeout-ms N] [--memory-mb N] [--max-output-bytes N]
               [--fuel N] [--deterministic SEED] [--env NAME[=VALUE]]... [--stdin FILE]
               [--globals JSON] FILE|-
       sandbox --self-test [--json]`;

const MEBIBYTE = 1024 * 1024;

/**
 * @param hostEnv where `--env NAME` without a value takes the value from.
 * @throws UsageError
 */
export function parseCliArguments(
  argv: readonly string[],
  hostEnv: Readonly<Record<string, string | undefined>>,
): CliArguments {
  const { values, positionals } = parse(argv);
  const json = values.json ?? false;
  if (values['self-test'] === true) {
    const others = Object.keys(values).filter((name) => !['self-test', 'json'].includes(name));
    if (others.length + positionals.length > 0) {
      throw new UsageError('--self-test takes no file, and no option but --json');
    }
    return { mode: 'selfTest', json };
  }
  const [file, ...rest] = positionals;
  if (file === undefined) throw new UsageError('no file given');
  if (rest.length > 0) throw new UsageError(`more than one file given: ${positionals.join(' ')}`);
  const memoryMb = wholeNumber('--memory-mb', values['memory-mb']);
  const timeoutMs = wholeNumber('--timeout-ms', values['timeout-ms']);
  const fuel = wholeNumber('--fuel', values.fuel);
  const outputBytes = wholeNumber('--max-output-bytes', values['max-output-bytes']);
  return {
    mode: 'run',
    file,
    json,
    policy: {
      limits: {
        ...(timeoutMs === null ? {} : { timeoutMs }),
        ...(memoryMb === null ? {} : { memoryBytes: memoryMb * MEBIBYTE }),
        ...(outputBytes === null ? {} : { outputBytes }),
        ...(fuel === null ? {} : { fuel }),
      },
      env: parseEnv(values.env ?? [], hostEnv),
      deterministic: wholeNumber('--deterministic', values.deterministic),
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
        'self-test': { type: 'boolean' },
        'timeout-ms': { type: 'string' },
        'memory-mb': { type: 'string' },
        'max-output-bytes': { type: 'string' },
        fuel: { type: 'string' },
        deterministic: { type: 'string' },
        env: { type: 'string', multiple: true },
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

/** `NAME=VALUE`, or `NAME` for the value that it has here. */
function parseEnv(
  entries: readonly string[],
  hostEnv: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entries.map((entry) => {
      const equals = entry.indexOf('=');
      if (equals >= 0) return [entry.slice(0, equals), entry.slice(equals + 1)];
      const value = hostEnv[entry];
      if (value === undefined) throw new UsageError(`--env ${entry}: there is no such variable`);
      return [entry, value];
    }),
  );
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
