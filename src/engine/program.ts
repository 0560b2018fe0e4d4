import { concatBytes } from './wtf8.js';

/** Any value that JSON can carry. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A piece of source text, at its place in the document it comes from. */
export interface SourceBlock {
  readonly source: Uint8Array;
  /** The line of the document, from 1, on which the block starts. */
  readonly firstLine: number;
  /** Whether the whole block may be indented, as a selection may. */
  readonly mayBeIndented: boolean;
}

/** What to run. */
export interface Program {
  /** The document's name, as tracebacks show it. */
  readonly name: string;
  /** In document order; run as one program. */
  readonly blocks: readonly SourceBlock[];
  /**
   * `text`: the bytes are (W)UTF-8 whatever a coding cookie says, as text from an editor is.
   * `file`: the bytes are a file's, whose BOM or cookie Python honours.
   */
  readonly encoding: 'text' | 'file';
  /** Show the value of the last statement, if it is an expression, as a REPL does. */
  readonly displayLastExpression: boolean;
  /** Names to define before the program starts. */
  readonly globals?: Readonly<Record<string, JsonValue | Uint8Array>>;
  /** `sys.argv[1:]`. */
  readonly args?: readonly string[];
}

/** The caller's program cannot be run as it was given. */
export class InvalidProgramError extends Error {
  override readonly name = 'InvalidProgramError';
}

/**
 * The request as the interpreter takes it: a header's length (u32, little endian), the header as
 * JSON, the source bytes of all blocks. Source is never pasted into other code.
 * @throws InvalidProgramError if a global's name is not an identifier.
 */
export function encodeRequest(program: Program): Uint8Array {
  const header = new TextEncoder().encode(
    JSON.stringify({
      filename: program.name,
      encoding: program.encoding === 'text' ? 'utf-8' : null,
      display: program.displayLastExpression,
      argv: program.args ?? [],
      // A plain run: the program's objects are destroyed at its end, as python3 does.
      final: true,
      globals: Object.fromEntries(
        Object.entries(program.globals ?? {}).map(([name, value]) => [
          identifier(name),
          value instanceof Uint8Array ? { base64: toBase64(value) } : { json: value },
        ]),
      ),
      blocks: program.blocks.map((block) => ({
        bytes: block.source.length,
        firstLine: block.firstLine,
        indented: block.mayBeIndented,
      })),
    }),
  );
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, header.length, true);
  return concatBytes([length, header, ...program.blocks.map((block) => block.source)]);
}

function identifier(name: string): string {
  if (!/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name)) {
    throw new InvalidProgramError(`not a Python identifier: ${JSON.stringify(name)}`);
  }
  return name;
}

function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  const step = 0x6000; // a multiple of 3, so that the pieces join; small enough to spread
  for (let i = 0; i < bytes.length; i += step) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(i, i + step))));
  }
  return pieces.join('');
}
