"""How a selection is found: the method of a call, and the rules in `domain` that carry it out."""

from .candidates import Pool
from .domain.selection import Infeasible, Selection, select
from .in_a_thread import Report

Found = Selection | Infeasible


def find(pool: Pool, method: str, report: Report) -> Found:
    """What the method finds in a pool; may take minutes. Raises ValueError for another method."""
    if method != "merit":
        raise ValueError(method)
    report({"step": "searching"})
    return select(pool.reference, pool.seats, pool.quotas, pool.candidates)
