"""Programs of the product as processes: forked from one that has loaded all they need.

To load it takes longer than most tests. What a program does from its first line on is as it would
be for `python -m MODULE`; that it also starts so, `make demo` and tests of their own show.
"""

from .births import Done, First, Start, by_python, forked, run
from .program import Program

__all__ = ["Done", "First", "Program", "Start", "by_python", "forked", "run"]
