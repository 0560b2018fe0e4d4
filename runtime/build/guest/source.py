"""Compiles the blocks of a document as one program whose line numbers are the document's."""

import ast
import io
import tokenize
from collections import namedtuple
from types import CodeType

from ._builtins import __builtins__

Block = namedtuple('Block', 'data first_line indented')


def compile_program(
    blocks: list[Block], lines: list[str], filename: str, encoding: str | None, display: bool
) -> tuple[CodeType | None, CodeType | None]:
    """Returns the statements to execute and the expression whose value to show, and fills `lines`.

    Raises what Python raises for a source that is wrong, in its own words and with the document's line numbers.
    """
    body: list[ast.stmt] = []
    for block in blocks:
        text = _decode(block, encoding, filename)
        _put_lines(lines, text, block.first_line)
        try:
            body += _parse(text, block, filename)
        except SyntaxError as error:
            raise _with_text(error, lines)
    expression = None
    try:
        if display and body and isinstance(body[-1], ast.Expr):
            last = ast.Expression(body.pop().value)
            expression = compile(last, filename, 'eval', dont_inherit=True, flags=_future_flags(body))
        statements = compile(ast.Module(body, []), filename, 'exec', dont_inherit=True) if body else None
    except SyntaxError as error:
        raise _with_text(error, lines)
    return statements, expression


def _decode(block: Block, encoding: str | None, filename: str) -> str:
    """A document's text comes as UTF-8 whatever its coding cookie says; a file's bytes are read as Python reads them."""
    if encoding is not None:
        text = block.data.decode(encoding, 'surrogatepass')
        return text.removeprefix('\ufeff')
    try:
        name, _ = tokenize.detect_encoding(io.BytesIO(block.data).readline)
        return block.data.decode(name)
    except (SyntaxError, UnicodeDecodeError):
        compile(block.data, filename, 'exec', dont_inherit=True)  # says what is wrong in Python's words
        raise


def _parse(text: str, block: Block, filename: str) -> list[ast.stmt]:
    padding = block.first_line - 1
    if block.indented and _starts_indented(text):
        return _parse_indented(text, block.first_line, filename)
    return ast.parse('\n' * padding + text, filename).body


def _starts_indented(text: str) -> bool:
    """Whether the first line with code on it is indented."""
    for line in text.splitlines():
        code = line.lstrip(' \t\f')
        if code and not code.startswith('#'):
            return line != code
    return False


def _parse_indented(text: str, first_line: int, filename: str) -> list[ast.stmt]:
    """Parses a uniformly indented block as the body of an `if`, so that nothing within its strings is touched."""
    shift = 1 if first_line == 1 else 0
    padding = '\n' * (first_line - 2 + shift)
    try:
        module = ast.parse(f'{padding}if 1:\n{text}', filename)
    except SyntaxError as error:
        if error.lineno is not None:
            error.lineno -= shift
        if error.end_lineno is not None:
            error.end_lineno -= shift
        raise
    wrapper = module.body[0]
    if len(module.body) > 1 or wrapper.orelse:
        # It dedents below its first line. Without the wrapper, Python says so itself.
        return ast.parse('\n' * (first_line - 1) + text, filename).body
    for statement in wrapper.body:
        if shift:
            ast.increment_lineno(statement, -shift)
    return wrapper.body


def _put_lines(lines: list[str], text: str, first_line: int) -> None:
    """Puts the text's lines where they are in the document."""
    start = first_line - 1
    lines += ['\n'] * (start - len(lines))
    lines[start:] = io.StringIO(text, newline=None).readlines()


def _with_text(error: SyntaxError, lines: list[str]) -> SyntaxError:
    """Adds the source line, which the compiler does not have when it is given a tree."""
    if error.text is None and error.lineno and error.lineno <= len(lines):
        error.text = lines[error.lineno - 1]
    return error.with_traceback(None)


def _future_flags(body: list[ast.stmt]) -> int:
    """The flags of the program's `from __future__` imports, for code that is compiled apart from them."""
    import __future__

    flags = 0
    for statement in body:
        if isinstance(statement, ast.ImportFrom) and statement.module == '__future__':
            for alias in statement.names:
                feature = getattr(__future__, alias.name, None)
                flags |= feature.compiler_flag if feature else 0
    return flags
