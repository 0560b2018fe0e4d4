"""Describes an uncaught exception to the host, as JSON of bounded size.

A node of it, in TypeScript's terms (columns count characters from 0):

    interface Exception {
      type: string; module: string | null; message: string; notes: string[]; frames: Frame[]; omittedFrames: number;
      cause: Exception | null; context: Exception | null; suppressContext: boolean;
      exceptions?: Exception[];      // of a group
      syntax?: { file, line, endLine, column, endColumn, text };  // of a SyntaxError; each may be null
    }
    interface Frame { file: string; name: string; line: number | null; endLine; column; endColumn }
"""

import linecache
from itertools import islice
from types import TracebackType
from typing import NamedTuple

from _json import encode_basestring_ascii
from _wasm_sandbox_host import report

from . import absent
from ._builtins import __builtins__

REPORT_EXCEPTION = 1
MAX_BYTES = 256 * 1024


class Limits(NamedTuple):
    """How much of an exception is described."""

    frames: int
    text: int
    depth: int
    members: int


# Tried in turn until the description is small enough.
LIMITS = (Limits(200, 8192, 16, 50), Limits(40, 1024, 8, 10), Limits(10, 512, 2, 2))


def describe(error: BaseException) -> None:
    """Adds our notes to the exception, and reports it."""
    absent.add_note(error)
    for limits in LIMITS:
        text = _encode(_exception(error, limits, limits.depth, set()))
        if len(text) <= MAX_BYTES:
            break
    report(REPORT_EXCEPTION, text.encode())


def _exception(error: BaseException | None, limits: Limits, depth: int, seen: set[int]) -> dict | None:
    if error is None or depth == 0 or id(error) in seen:
        return None
    seen.add(id(error))
    kind = type(error)
    syntax = isinstance(error, SyntaxError)
    frames, omitted = _frames(error.__traceback__, limits)
    described = {
        'type': _text(kind.__qualname__, limits),
        'module': _text(kind.__module__, limits) if isinstance(kind.__module__, str) else None,
        'message': _text(_message(error.msg if syntax else error), limits),
        'notes': [_text(_message(note), limits) for note in _notes(error)[: limits.members]],
        'frames': frames,
        'omittedFrames': omitted,
        'cause': _exception(error.__cause__, limits, depth - 1, seen),
        'context': _exception(error.__context__, limits, depth - 1, seen),
        'suppressContext': bool(error.__suppress_context__),
    }
    if isinstance(error, BaseExceptionGroup):
        members = [_exception(member, limits, depth - 1, seen) for member in error.exceptions[: limits.members]]
        described['exceptions'] = [member for member in members if member is not None]
    if syntax:
        described['syntax'] = _syntax(error, limits)
    return described


def _message(value: object) -> str:
    try:
        return str(value)
    except Exception:
        return '<exception str() failed>'


def _notes(error: BaseException) -> list:
    notes = getattr(error, '__notes__', None)
    return notes if isinstance(notes, list) else []


def _text(text: str, limits: Limits) -> str:
    return text if len(text) <= limits.text else text[: limits.text] + '…'


def _frames(traceback: TracebackType | None, limits: Limits) -> tuple[list[dict], int]:
    """The outermost and the innermost frames, and how many between them were left out."""
    entries = []
    while traceback is not None:
        entries.append(traceback)
        traceback = traceback.tb_next
    half = limits.frames // 2
    omitted = max(0, len(entries) - 2 * half)
    if omitted:
        entries = entries[:half] + entries[-half:]
    return [_frame(entry, limits) for entry in entries], omitted


def _frame(entry: TracebackType, limits: Limits) -> dict:
    code = entry.tb_frame.f_code
    line, end_line, column, end_column = next(
        islice(code.co_positions(), entry.tb_lasti // 2, None), (None, None, None, None)
    )
    return {
        'file': _text(code.co_filename, limits),
        'name': _text(code.co_name, limits),
        'line': entry.tb_lineno,
        'endLine': end_line,
        'column': _characters(code.co_filename, line, column),
        'endColumn': _characters(code.co_filename, end_line, end_column),
    }


def _characters(file: str, line: int | None, offset: int | None) -> int | None:
    """Turns an offset in UTF-8 bytes into one in characters, if the line is at hand."""
    if line is None or not offset:
        return offset
    entry = linecache.cache.get(file)
    lines = entry[2] if entry is not None and len(entry) == 4 else ()
    if line > len(lines) or lines[line - 1].isascii():
        return offset
    return len(lines[line - 1].encode('utf-8', 'surrogatepass')[:offset].decode('utf-8', 'replace'))


def _syntax(error: SyntaxError, limits: Limits) -> dict:
    def number(value: object, less: int = 0) -> int | None:
        return value - less if isinstance(value, int) and value >= less else None

    def string(value: object) -> str | None:
        return _text(value, limits) if isinstance(value, str) else None

    return {
        'file': string(error.filename),
        'line': number(error.lineno),
        'endLine': number(error.end_lineno),
        'column': number(error.offset, 1),
        'endColumn': number(error.end_offset, 1),
        'text': string(error.text),
    }


def _encode(value: object) -> str:
    """JSON. Our own, for a program may have changed the json module."""
    if value is None:
        return 'null'
    if value is True or value is False:
        return 'true' if value else 'false'
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return '{' + ','.join([f'"{key}":{_encode(item)}' for key, item in value.items()]) + '}'
    return '[' + ','.join([_encode(item) for item in value]) + ']'
