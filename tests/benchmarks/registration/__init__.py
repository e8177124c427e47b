"""Registration at scale: the page of a call with thousands of nominations, and its waiting list."""

from .measuring import run
from .telling import table

__all__ = ["run", "table"]
