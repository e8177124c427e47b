"""Selection: the fair lottery beside `sortition-algorithms`, and on a pool of thousands."""

from .measuring import run
from .telling import table

__all__ = ["run", "table"]
