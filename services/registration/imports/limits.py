"""How much one import may be, and how long what it says is kept."""

from datetime import timedelta

from ..domain.import_states import ImportState

MOST_BYTES = 15_000_000
MOST_ROWS = 25_000
MOST_WAITING = 10
"""Files of one party in one call that are read or being read."""
KEPT = timedelta(days=30)
"""Rows hold personal data: they go so long after the file came, or after it was carried out."""
ROWS_READ_AT_ONCE = 500
"""Kept, or held against what is known."""
ROWS_WRITTEN_AT_ONCE = 250
"""In one transaction: on SQLite everybody else waits for it."""


def rows_at_once(state: ImportState) -> int:
    """How many rows are worked on in one transaction, while an import of any kind is in a state."""
    reads = state in (ImportState.READING, ImportState.JUDGING)
    return ROWS_READ_AT_ONCE if reads else ROWS_WRITTEN_AT_ONCE
