import { guestText, type GuestText } from './guestText.js';
import type { FromWorker, GuestEnd, OutputChunk } from './messages.js';
import type { TrapKind } from './outcome.js';
import {
  MAX_REFUSED_CALLS,
  MAX_REFUSED_TEXT,
  type RefusedCall,
  type Refusals,
} from './refusedCall.js';

/** The worker sent something that is not in the protocol. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly #isOurs = true;

  /** Unlike `instanceof` it asks nothing of the value. */
  static is(error: unknown): error is ProtocolError {
    return typeof error === 'object' && error !== null && #isOurs in error;
  }
}

const MAX_TEXT_LENGTH = 4096;
const MAX_CHUNKS = 1024;
const MAX_REPORT_BYTES = 512 * 1024;
const TRAPS: readonly TrapKind[] = ['stackOverflow', 'memoryAccess', 'unreachable', 'other'];

/**
 * Checks a message from the worker: the side that may be owned by the program. The result is made
 * anew from plain values, so no getter, proxy or extra field of the original survives.
 * @throws ProtocolError on anything that is not exactly a message of the protocol.
 */
export function parseFromWorker(message: unknown): FromWorker {
  try {
    return parse(message);
  } catch (error) {
    // A getter or a proxy may throw anything, even what cannot be told.
    throw ProtocolError.is(error) ? error : new ProtocolError('it cannot be read');
  }
}

function parse(message: unknown): FromWorker {
  const fields = record(message, 'message');
  switch (fields['kind']) {
    case 'ready':
      return { kind: 'ready' };
    case 'output':
      return {
        kind: 'output',
        runId: count(fields['runId'], 'runId'),
        sequence: count(fields['sequence'], 'sequence'),
        chunks: parseChunks(fields['chunks']),
      };
    case 'report': {
      const report = fields['report'];
      if (report !== 'exception' && report !== 'value') throw new ProtocolError('unknown report');
      const content = bytes(fields['bytes'], 'bytes');
      if (content.length > MAX_REPORT_BYTES) throw new ProtocolError('report too long');
      return { kind: 'report', runId: count(fields['runId'], 'runId'), report, bytes: content };
    }
    case 'refused':
      return {
        kind: 'refused',
        runId: count(fields['runId'], 'runId'),
        refusals: parseRefusals(fields['refusals']),
      };
    case 'ended':
      return {
        kind: 'ended',
        runId: count(fields['runId'], 'runId'),
        end: parseEnd(fields['end']),
        memoryBytes: count(fields['memoryBytes'], 'memoryBytes'),
        fuel: count(fields['fuel'], 'fuel'),
        durationMs: duration(fields['durationMs']),
      };
    case 'broken': {
      const code = fields['code'];
      if (code !== 'runtimeCorrupt' && code !== 'interpreter') {
        throw new ProtocolError('unknown code');
      }
      return { kind: 'broken', code, detail: text(fields['detail'], 'detail') };
    }
    default:
      throw new ProtocolError('unknown kind of message');
  }
}

/** Every message carries something, so that the output limit bounds their number, too. */
function parseChunks(value: unknown): readonly OutputChunk[] {
  const chunks = list(value, 'chunks', MAX_CHUNKS).map(parseChunk);
  if (chunks.length === 0) throw new ProtocolError('output without chunks');
  return chunks;
}

function parseChunk(value: unknown): OutputChunk {
  const fields = record(value, 'chunk');
  const stream = fields['stream'];
  if (stream !== 'stdout' && stream !== 'stderr') throw new ProtocolError('unknown stream');
  const content = bytes(fields['bytes'], 'chunk');
  if (content.length === 0) throw new ProtocolError('empty chunk');
  return { stream, bytes: content };
}

function parseRefusals(value: unknown): Refusals {
  const fields = record(value, 'refusals');
  return {
    calls: list(fields['calls'], 'calls', 2 * MAX_REFUSED_CALLS).map(parseRefusedCall),
    omitted: count(fields['omitted'], 'omitted'),
  };
}

function parseRefusedCall(value: unknown): RefusedCall {
  const fields = record(value, 'refused call');
  const { seenBy, errno } = fields;
  if (seenBy !== 'wasi' && seenBy !== 'guest') throw new ProtocolError('unknown seenBy');
  return {
    seenBy,
    operation: text(fields['operation'], 'operation', MAX_REFUSED_TEXT),
    target: text(fields['target'], 'target', MAX_REFUSED_TEXT),
    errno: errno === null ? null : count(errno, 'errno'),
    count: count(fields['count'], 'count'),
  };
}

function parseEnd(value: unknown): GuestEnd {
  const fields = record(value, 'end');
  switch (fields['kind']) {
    case 'returned': {
      const exitCode = count(fields['exitCode'], 'exitCode');
      if (exitCode > 255) throw new ProtocolError('exitCode out of range');
      return {
        kind: 'returned',
        exitCode,
        uncaught: flag(fields['uncaught'], 'uncaught'),
        outOfMemory: flag(fields['outOfMemory'], 'outOfMemory'),
        keyboardInterrupt: flag(fields['keyboardInterrupt'], 'keyboardInterrupt'),
      };
    }
    case 'trapped': {
      const trap = TRAPS.find((known) => known === fields['trap']);
      if (trap === undefined) throw new ProtocolError('unknown trap');
      return { kind: 'trapped', trap, detail: text(fields['detail'], 'detail') };
    }
    case 'outputLimit':
      return { kind: 'outputLimit' };
    case 'fuelLimit':
      return { kind: 'fuelLimit' };
    case 'aborted':
      return { kind: 'aborted' };
    case 'failed':
      return { kind: 'failed', detail: text(fields['detail'], 'detail') };
    default:
      throw new ProtocolError('unknown end');
  }
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ProtocolError(`${what} is not an object`);
  }
  return value as Readonly<Record<string, unknown>>;
}

function list(value: unknown, what: string, most: number): readonly unknown[] {
  const length: unknown = Array.isArray(value) ? value.length : null;
  if (!Array.isArray(value) || typeof length !== 'number' || !(length <= most)) {
    throw new ProtocolError(`${what} is not a list of at most ${String(most)}`);
  }
  // By index: a hole is an item that is missing, and no method of the list itself is trusted.
  return Array.from({ length }, (_, index): unknown => value[index]);
}

function count(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new ProtocolError(`${what} is not a count`);
  }
  return value;
}

function duration(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new ProtocolError('durationMs is not a duration');
  }
  return value;
}

function flag(value: unknown, what: string): boolean {
  if (typeof value !== 'boolean') throw new ProtocolError(`${what} is not a boolean`);
  return value;
}

function text(value: unknown, what: string, mostLength = MAX_TEXT_LENGTH): GuestText {
  // Not cut: a piece of a string may keep all of it in memory.
  if (typeof value !== 'string' || value.length > mostLength) {
    throw new ProtocolError(`${what} is not text of at most ${String(mostLength)}`);
  }
  return guestText(value);
}

/** A copy: the original may be a small part of a great buffer, or answer to other methods. */
function bytes(value: unknown, what: string): Uint8Array {
  // Views on shared memory are refused: their content could change after it was checked.
  if (
    !ArrayBuffer.isView(value) ||
    !(value instanceof Uint8Array) ||
    !(value.buffer instanceof ArrayBuffer)
  ) {
    throw new ProtocolError(`${what} is not bytes`);
  }
  return new Uint8Array(value);
}
