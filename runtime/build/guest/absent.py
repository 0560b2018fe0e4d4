"""What is not in the sandbox, said in one sentence where a program meets it.

A missing module says why; `add_note` completes an uncaught exception. What raises is in frontend/rt_refuse.c.
"""

import os
import sys
from importlib import _bootstrap

from _wasm_sandbox_host import refused_import

from ._builtins import __builtins__

NO_PACKAGES = ": only Python's standard library is in the sandbox, packages are not yet."
NO_MODULE = ': this part of the standard library is not in the sandbox.'
NO_FILES = 'The sandbox has no access to your files: only what was granted to this run is in it.'
NO_INSTALL = (
    "Packages cannot be installed in the sandbox: only Python's standard library is in it."
)

_standard_modules = frozenset(sys.stdlib_module_names)
_exists = os.path.exists


def install() -> None:
    """Puts the words where a program meets what is missing. Build time only."""
    _bootstrap._missing_module_reason = _missing_module_reason
    os.__all__.append('system')


def _missing_module_reason(name: str) -> str:
    refused_import(name)
    return NO_MODULE if name in _standard_modules else NO_PACKAGES


def add_note(error: BaseException) -> None:
    """Adds to an uncaught exception what its message cannot know."""
    if isinstance(error, FileNotFoundError):
        if isinstance(error.filename, str) and not _is_own(error.filename):
            error.add_note(NO_FILES)
    elif isinstance(error, SyntaxError) and _installs_packages(error.text or ''):
        error.add_note(NO_INSTALL)


def _is_own(path: str) -> bool:
    """Whether the path is in a folder that exists in here: a file that is missing there has nothing to do with us."""
    folder = os.path.dirname(os.path.join('/workspace', path)) + '/'
    return folder.startswith('/tmp/') or folder != '/workspace/' and folder.startswith('/workspace/') and _exists(folder)


def _installs_packages(line: str) -> bool:
    words = line.strip().lstrip('!%').split()
    if words[:2] in (['python', '-m'], ['python3', '-m'], ['py', '-m']):
        words = words[2:]
    return words[:2] in (
        ['pip', 'install'],
        ['pip3', 'install'],
        ['conda', 'install'],
        ['uv', 'pip'],
        ['uv', 'add'],
    )
