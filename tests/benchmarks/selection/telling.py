"""The figures of selection for people."""

from collections.abc import Mapping
from typing import Any

from tests.benchmarks.tables import columns


def table(figures: Mapping[str, Any]) -> str:
    """Seconds until the least chance is settled, of ours until all are; then that least chance."""
    headings = ("seconds; least chance", "reference", "ours", "times", "all", "reference", "ours")
    rows = [
        (
            pair["pool"],
            f"{pair['reference']['seconds']:.2f}",
            f"{pair['ours']['seconds']:.2f}",
            f"{pair['speedup']:.1f}",
            f"{pair['ours']['seconds_leximin']:.2f}",
            f"{pair['reference']['maximin']:.6f}",
            f"{pair['ours']['maximin']:.6f}",
        )
        for pair in figures["pools"]
    ]
    large = figures["large"]
    if large:
        seconds = f"{large['seconds']:.2f}", "", f"{large['seconds_leximin']:.2f}"
        rows.append((large["pool"], "", *seconds, "", f"{large['maximin']:.6f}"))
    return columns(headings, rows)
