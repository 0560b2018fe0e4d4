"""A private copy of the built-in names.

A program may replace `builtins.len`, and this package must not fall over it. A function takes the built-ins that its
module's `__builtins__` names at the time of its definition: every module here imports this copy first.
"""

import builtins

__builtins__ = dict(vars(builtins))
