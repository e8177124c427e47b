"""Who completes an activity: a minimum share of the sessions that were held."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from .attendance import Attendance


@dataclass(frozen=True, slots=True)
class SessionOfRecord:
    """A session as completion sees it; `day` is its local date where it was held."""

    id: UUID
    day: date
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Completion:
    """Sessions attended of those held, and the number of days with at least one of them."""

    attended: int
    held: int
    days_attended: int
    completed: bool


def completion(
    sessions: Iterable[SessionOfRecord],
    attendance: Mapping[UUID, Attendance],
    minimum_percent: int,
) -> Completion:
    """One officer's completion; a session without a mark is not attended.

    Cancelled sessions do not count. `minimum_percent` is whole, 0 to 100, and compared without
    rounding: 4 of 5 sessions are exactly 80 percent. Nothing held means nothing completed.
    """
    if not 0 <= minimum_percent <= 100:
        raise ValueError("the minimum is a percentage from 0 to 100")
    held = [session for session in sessions if not session.cancelled]
    seen = [session for session in held if _attended(attendance.get(session.id))]
    enough = bool(held) and len(seen) * 100 >= minimum_percent * len(held)
    return Completion(len(seen), len(held), len({session.day for session in seen}), enough)


def _attended(mark: Attendance | None) -> bool:
    return mark is not None and mark.attended
