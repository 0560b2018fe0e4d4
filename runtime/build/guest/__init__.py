"""The Python half of the runtime's front end, imported once at build time and kept in the snapshot.

The C half (runtime/build/frontend) calls `initialised` at build time, `restored` after every restore, and
`prepare` and `describe` around every program. Nothing here is on the stack while a program runs.
"""

from ._builtins import __builtins__
from .absent import install
from .describe import describe
from .prelude import import_all
from .program import BUFFERED_TYPES, Shown, prepare
from .renew import restored

__all__ = ['BUFFERED_TYPES', 'Shown', 'describe', 'initialised', 'prepare', 'restored']


def initialised() -> None:
    """Imports what the snapshot is to hold, and leaves no trace of it. Build time only."""
    import gc

    import_all()
    install()
    gc.collect()
    # What the snapshot holds lives as long as the interpreter: no collection need ever look at it, and none of its
    # pages is touched, which is what makes rewinds and checkpoints cheap.
    gc.freeze()
