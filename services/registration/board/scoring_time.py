"""Until when a board takes scores: after the deadline for nominations, and before the activity."""

from typing import Any

from shared.context import Work

from ..bodies.words import LocalTime
from ..calls.terms import not_possible, planned_deadline
from ..loading import Stored

FIELD = "scores_until"


def scoring_ends(work: Work, call: Stored, activity: Stored, asked: LocalTime) -> dict[str, Any]:
    """As it is kept. Raises `DeadlineIsNotPossible`."""
    planned = planned_deadline(work, activity, asked, FIELD)
    if planned.instant <= call["deadline_at"]:
        why = "nominations are taken until then"
        raise not_possible("before-the-deadline", why, f"{FIELD}.local")
    return {
        "scores_until_local": planned.local.isoformat(),
        "scores_until_zone": planned.zone,
        "scores_until_at": planned.instant,
    }
