"""What lies in the snapshot and must not be the same in every run."""

import _random
import logging
import os
import random
import sys
import tempfile
import time

from ._builtins import __builtins__


def restored(entropy: bytes, environment: list[bytes]) -> None:
    """Called once after a restore for a new run, with fresh entropy and the environment that was granted."""
    random.seed(entropy)
    tempfile._name_sequence = None
    logging._startTime = time.time_ns()
    for entry in environment:
        name, separator, value = entry.partition(b'=')
        if name and separator:
            os.environb[name] = value
    if b'TZ' in os.environb and hasattr(time, 'tzset'):
        time.tzset()
