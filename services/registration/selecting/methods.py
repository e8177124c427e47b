"""How a selection is found: the method of a call, and the rules in `domain` that carry it out."""

from ..domain.programs import TakesTooLong, within
from ..domain.relaxations import relaxations
from ..domain.selection import Infeasible, Selection, select
from .candidates import Pool
from .coded_lottery import CodedLottery, coded_lottery
from .in_a_thread import Report
from .no_panel import NoPanel

SECONDS_AT_ONCE = 20.0
"""How long somebody waits for a selection at once; what takes longer is a run for a worker."""
Found = Selection | NoPanel


def find(pool: Pool, salt: str | None, report: Report) -> Found | CodedLottery:
    """What is found in a pool, by lottery where there is a salt for its codes; may take minutes."""
    report({})
    return by_merit(pool) if salt is None else coded_lottery(pool, salt, report)


def at_once(pool: Pool, seconds: float = SECONDS_AT_ONCE) -> Found | None:
    """The best panel, for who waits for the answer; None: it takes too long for that."""
    try:
        with within(seconds):
            return by_merit(pool)
    except TakesTooLong:
        return None


def by_merit(pool: Pool) -> Found:
    """The best panel by scores and ranks."""
    found = select(pool.reference, pool.seats, pool.quotas, pool.candidates)
    if isinstance(found, Infeasible):
        return NoPanel(found.obstacles, relaxations(pool.seats, pool.quotas, pool.candidates))
    return found
