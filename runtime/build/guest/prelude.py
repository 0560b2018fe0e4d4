"""The modules that the snapshot holds ready: importing one of them costs a program nothing."""

from ._builtins import __builtins__

_COMMON = """
abc argparse array ast base64 bisect bz2 calendar cmath collections collections.abc configparser contextlib copy csv
dataclasses datetime decimal difflib enum errno fnmatch fractions functools getpass gettext glob graphlib gzip hashlib
heapq hmac html html.parser inspect io itertools json keyword linecache locale logging lzma math mimetypes numbers
operator os pathlib pickle platform pprint queue random re reprlib sched secrets select selectors shlex shutil signal
statistics string struct subprocess sys tempfile textwrap threading time timeit token tokenize traceback types typing
unicodedata unittest urllib.parse uuid warnings weakref zipfile zlib zoneinfo asyncio
"""


def import_all() -> None:
    """Imports them, without leaving a warning filter, a cache or a name behind."""
    import importlib

    for name in _COMMON.split():
        importlib.import_module(name)

    # What these look for is another machine's. Looking would count as reaching outside.
    import mimetypes
    import uuid

    mimetypes.knownfiles.clear()
    uuid._GETTERS.clear()

    # Time zones come from the tzdata in the archive. The system's would be looked for first.
    import zoneinfo

    zoneinfo.reset_tzpath(to=())
