"""The figures as a table."""

from collections.abc import Mapping
from typing import Any

from tests.benchmarks.tables import columns

from .measuring import BESIDE, PAGE
from .promoting import PASSINGS


def table(figures: Mapping[str, Any]) -> str:
    """Milliseconds of each answer, beside those with a tenth of the nominations."""
    rows = [
        (
            name.replace("_", " "),
            f"{figures[f'{name}_median_ms']:,.1f}",
            f"{figures[f'{name}_p95_ms']:,.1f}",
            f"{figures[f'tenth_{name}_median_ms']:,.1f}",
        )
        for name in ("call_page", *PAGE, *BESIDE, *PASSINGS)
    ]
    heading = f"ms, {figures['nominations']:,} nominations"
    return columns((heading, "median", "p95", "median of a tenth"), rows)
