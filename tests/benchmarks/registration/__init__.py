"""Registration at scale: the page of a call with thousands of nominations, its waiting list, and
imports of rosters."""

from collections.abc import Mapping
from typing import Any

from . import importing, measuring, telling

ROWS_PER_NOMINATION = 4
"""Of a call with 5,000 nominations, a roster has 20,000 rows."""


def run(size: int = 5_000) -> dict[str, Any]:
    """Every figure."""
    return {**measuring.run(size), **importing.run_imports(size * ROWS_PER_NOMINATION)}


def table(figures: Mapping[str, Any]) -> str:
    """What people read."""
    return f"{telling.table(figures)}\n\n{telling.table_of_imports(figures)}"


__all__ = ["run", "table"]
