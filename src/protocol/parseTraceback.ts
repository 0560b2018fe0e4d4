import { guestText, type GuestText } from './guestText.js';
import type { SourceSpan, Traceback, TracebackFrame } from './traceback.js';

const MAX_DEPTH = 16;
const MAX_FRAMES = 200;
const MAX_MEMBERS = 64;
const MAX_NOTES = 64;
const MAX_TEXT_LENGTH = 8192;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the structured exception that the guest reports. The guest may lie about its own exception,
 * never about shape or size: what does not fit is left out.
 * @returns null if the bytes are not a report of an exception at all.
 */
export function parseTraceback(bytes: Uint8Array): Traceback | null {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    // RangeError: nested deeper than an engine's parser goes.
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
  return exception(value, MAX_DEPTH);
}

function exception(value: unknown, depth: number): Traceback | null {
  const fields = asFields(value);
  if (fields === null || depth === 0 || typeof fields['type'] !== 'string') return null;
  const nested = (key: string): Traceback | null => exception(fields[key], depth - 1);
  return {
    type: text(fields['type']),
    module: text(fields['module']),
    message: text(fields['message']),
    notes: items(fields['notes'], MAX_NOTES).map(text),
    frames: items(fields['frames'], MAX_FRAMES).flatMap(frame),
    syntax: span(fields['syntax']),
    cause: nested('cause'),
    context: nested('context'),
    suppressContext: fields['suppressContext'] === true,
    exceptions: items(fields['exceptions'], MAX_MEMBERS).flatMap(
      (member) => exception(member, depth - 1) ?? [],
    ),
  };
}

function frame(value: unknown): TracebackFrame[] {
  const place = span(value);
  return place === null ? [] : [{ ...place, name: text(asFields(value)?.['name']) }];
}

function span(value: unknown): SourceSpan | null {
  const fields = asFields(value);
  const line = position(fields?.['line']);
  if (fields === null || line === null || typeof fields['file'] !== 'string') return null;
  return {
    file: text(fields['file']),
    line,
    endLine: position(fields['endLine']),
    column: position(fields['column']),
    endColumn: position(fields['endColumn']),
  };
}

function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}

function items(value: unknown, most: number): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, most) : [];
}

function text(value: unknown): GuestText {
  return guestText(typeof value === 'string' ? value.slice(0, MAX_TEXT_LENGTH) : '');
}

function position(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
