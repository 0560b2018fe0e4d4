"""Writes python314.zip: the standard library as bytecode, our guest package, tzdata and sysconfig's data.

Runs under the native build of the very same Python. Stored, not deflated: what ships the archive compresses it better
as a whole, and an import then reads it without inflating. No sources: they would double its size.

    stdlib.py LIB GUEST ZONEINFO BUILD OUT
"""

import importlib._bootstrap_external as bootstrap
import importlib.util
import os
import pprint
import sys
import zipfile
from pathlib import Path
from sysconfig.__main__ import _parse_makefile
from sysconfig import parse_config_h

ARCHIVE = '/usr/local/lib/python314.zip'
GUEST_PACKAGE = '_wasm_sandbox'
# The earliest time stamp that a zip can hold.
EPOCH = (1980, 1, 1, 0, 0, 0)

# Left out: what needs a terminal, a screen, another process or another platform, and CPython's own tests.
SKIPPED_FOLDERS = {
    '__phello__', '__pycache__', 'ctypes', 'curses', 'ensurepip', 'idlelib', 'multiprocessing', 'pty', 'site-packages', 'test',
    'tests', 'tkinter', 'turtledemo', 'venv',
}
SKIPPED_FILES = {
    '__hello__.py', '_aix_support.py', '_android_support.py', '_apple_support.py', '_ios_support.py',
    '_osx_support.py', 'pty.py', 'ssl.py', 'tty.py', 'turtle.py',
    # in Python, what is built in here in C
    '_pydatetime.py', '_pydecimal.py', '_pyio.py',
}
# Debian's tzdata carries these beside the zones.
NOT_ZONES = {'posix', 'right', 'posixrules', 'localtime', 'Factory'}


class Archive:
    """A zip with the same bytes whenever and wherever it is written."""

    def __init__(self, path: str):
        self._zip = zipfile.ZipFile(path, 'w', zipfile.ZIP_STORED)

    def close(self) -> None:
        self._zip.close()

    def add(self, name: str, data: bytes) -> None:
        info = zipfile.ZipInfo(name, EPOCH)
        info.external_attr = 0o644 << 16
        info.create_system = 3
        self._zip.writestr(info, data)

    def add_module(self, name: str, source: bytes) -> None:
        """Adds the module's bytecode; unchecked, for there is no source to check it against."""
        code = compile(source, f'{ARCHIVE}/{name}', 'exec', dont_inherit=True, optimize=0)
        self.add(name + 'c', bootstrap._code_to_hash_pyc(code, importlib.util.source_hash(source), False))


def add_library(archive: Archive, lib: Path) -> None:
    for folder, folders, files in os.walk(lib):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        for name in sorted(files):
            path = Path(folder, name)
            relative = path.relative_to(lib).as_posix()
            if name.endswith('.py') and name not in SKIPPED_FILES:
                archive.add_module(relative, path.read_bytes())


def add_guest(archive: Archive, guest: Path) -> None:
    for path in sorted(guest.glob('*.py')):
        archive.add_module(f'{GUEST_PACKAGE}/{path.name}', path.read_bytes())


def add_zones(archive: Archive, zoneinfo: Path) -> None:
    """Adds the time zones as the package `tzdata`, in which zoneinfo looks where there is no system database."""
    archive.add_module('tzdata/__init__.py', b'')
    archive.add_module('tzdata/zoneinfo/__init__.py', b'')
    zones = []
    for folder, folders, files in os.walk(zoneinfo):
        folders[:] = sorted(name for name in folders if name not in NOT_ZONES)
        relative = Path(folder).relative_to(zoneinfo)
        if relative.parts:
            archive.add_module(f'tzdata/zoneinfo/{relative.as_posix()}/__init__.py', b'')
        for name in sorted(files):
            data = Path(folder, name).read_bytes()
            if name in NOT_ZONES or not data.startswith(b'TZif'):
                continue
            key = (relative / name).as_posix()
            zones.append(key)
            archive.add(f'tzdata/zoneinfo/{key}', data)
    archive.add('tzdata/zones', ''.join(f'{zone}\n' for zone in sorted(zones)).encode())


def add_sysconfig(archive: Archive, build: Path) -> None:
    """What `make` would have the cross-built interpreter write. The recipe never runs that one."""
    values = _parse_makefile(str(build / 'Makefile'))
    with open(build / 'pyconfig.h') as header:
        parse_config_h(header, values)
    source = f'build_time_vars = {pprint.pformat(values)}\n'
    archive.add_module('_sysconfigdata__wasi_wasm32-wasi.py', source.encode())


def main(lib: str, guest: str, zoneinfo: str, build: str, out: str) -> None:
    archive = Archive(out)
    add_library(archive, Path(lib))
    add_guest(archive, Path(guest))
    add_zones(archive, Path(zoneinfo))
    add_sysconfig(archive, Path(build))
    archive.close()


if __name__ == '__main__':
    main(*sys.argv[1:])
