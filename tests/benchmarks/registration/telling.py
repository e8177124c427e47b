"""The figures as a table."""

from collections.abc import Mapping
from typing import Any

from tests.benchmarks.tables import columns

from .measuring import BESIDE, PAGE
from .promoting import PASSINGS
from .roster_files import KINDS


def table(figures: Mapping[str, Any]) -> str:
    """Milliseconds of each answer, beside those with fewer nominations."""
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
    return columns((heading, "median", "p95", f"median of {figures['fewer']:,}"), rows)


def table_of_imports(figures: Mapping[str, Any]) -> str:
    """Rows a second and megabytes of each form of file."""
    rows = [
        (
            f"{kind}: {what}",
            f"{figures[f'import_{kind}_{name}rows_per_second']:,}",
            f"{figures[f'import_{kind}_{name}growth_mb']:,.1f}",
        )
        for kind in KINDS
        for what, name in (("ours", ""), ("whole file, ORM by row", "naive_"))
    ]
    heading = f"import of {figures['import_rows']:,} rows"
    return columns((heading, "rows/s", "MB more"), rows)
