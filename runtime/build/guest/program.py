"""Turns what the host sends into code that is ready to run in `__main__`."""

import base64
import io
import json
import linecache
import sys

from ._builtins import __builtins__
from .source import Block, compile_program

WORKSPACE = '/workspace/'

# Files that may hold unwritten data when a program ends.
BUFFERED_TYPES = (io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom)

_main = sys.modules['__main__'].__dict__
_decode_header = json.JSONDecoder().decode


class Shown:
    """Stands in for a value whose repr is already known."""

    __slots__ = ('_text',)

    def __init__(self, text: str):
        self._text = text

    def __repr__(self) -> str:
        return self._text


def prepare(header: bytes, source: bytes):
    """Returns (statements, expression, error, is_final).

    That is code to execute, code whose value to show, or what is wrong with the source; and whether the interpreter is
    not used again, so that the program's globals are to be destroyed at its end, as python3 does.
    The header is the host's and is trusted to be well-formed; the source is anything.
    """
    request = _decode_header(header.decode('utf-8', 'surrogatepass'))
    filename = request['filename']
    path = WORKSPACE + filename.rpartition('/')[2]
    sys.argv[:] = [filename, *request.get('argv', ())]
    if WORKSPACE[:-1] not in sys.path:
        sys.path.insert(0, WORKSPACE[:-1])
    _main['__file__'] = path
    for name, value in (request.get('globals') or {}).items():
        _main[name] = value['json'] if 'json' in value else base64.b64decode(value['base64'])

    blocks = _split(request['blocks'], source)
    lines = _remember_source(filename, path)
    is_final = request.get('final', False)
    try:
        statements, expression = compile_program(
            blocks, lines, filename, request.get('encoding'), request.get('display', False)
        )
    except BaseException as error:
        # What the compiler says has no traceback: no line of the program ran.
        error.__context__ = error.__cause__ = None
        return None, None, error.with_traceback(None), is_final
    return statements, expression, None, is_final


def _split(descriptions: list, source: bytes) -> list[Block]:
    blocks = []
    start = 0
    for description in descriptions:
        end = start + description['bytes']
        blocks.append(Block(source[start:end], description['firstLine'], description['indented']))
        start = end
    return blocks


def _remember_source(*names: str) -> list[str]:
    """The list of lines that tracebacks, warnings and inspect.getsource look at, under each of the names.

    Functions are looked up by the name that they were compiled with, classes by their module's path. The compiler
    fills the list, so that even its own warnings can show a line.
    """
    lines: list[str] = []
    for name in names:
        linecache.cache[name] = (1, None, lines, name)
    return lines
