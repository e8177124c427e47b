"""Where the screening of a nomination stands, and what of that its party may be told.

A clearance counts if it covers the activity from the first day to the last. A party is told that
screening is under way, and nothing of what came of it: who was cleared and who was not look alike.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Standing = Literal["not_needed", "pending", "cleared", "not_cleared", "expired"]
Told = Literal["pending", "not_available"]


@dataclass(frozen=True)
class Days:
    """The first and the last day of an activity."""

    first: date
    last: date


@dataclass(frozen=True)
class Clearance:
    """What the vetting office said, as it is kept; no day: from ever, or for ever."""

    state: str
    valid_from: date | None = None
    valid_until: date | None = None


def standing(said: Clearance | None, days: Days, *, asked_for: bool) -> Standing:
    """Where a screening stands. Nothing said yet: it is pending."""
    if not asked_for:
        return "not_needed"
    if said is None or said.state in ("pending", "forgotten"):
        return "pending"
    if said.state == "not_cleared":
        return "not_cleared"
    begins_late = said.valid_from is not None and said.valid_from > days.first
    ends_early = said.valid_until is not None and said.valid_until < days.last
    return "expired" if said.state == "expired" or begins_late or ends_early else "cleared"


def may_hold_a_seat(where: Standing) -> bool:
    """Whether a seat may be offered and accepted."""
    return where in ("not_needed", "cleared")


def told_to_party(where: Standing) -> Told | None:
    """What the officer and the focal point may know; nothing where nobody is screened."""
    if where == "not_needed":
        return None
    return "pending" if where == "pending" else "not_available"
