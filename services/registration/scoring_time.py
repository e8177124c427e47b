"""Until when a board takes scores: after the deadline for nominations, and before the activity."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from shared.calendar import (
    LocalTimeDoesNotExist,
    LocalTimeNamesAZone,
    UnknownZone,
    plan,
)
from shared.context import Work
from shared.refusals import Fault

from .bodies.words import LocalTime
from .loading import Stored
from .refusals.calls import DeadlineIsNotPossible

LOCAL, ZONE = "scores_until.local", "scores_until.zone"


def scoring_ends(work: Work, call: Stored, activity: Stored, asked: LocalTime) -> dict[str, Any]:
    """As it is kept. Raises `DeadlineIsNotPossible`."""
    try:
        planned = plan(asked.local, asked.zone)
    except UnknownZone as reason:
        raise _not_possible(ZONE, "not-possible", str(reason)) from None
    except (LocalTimeDoesNotExist, LocalTimeNamesAZone) as reason:
        raise _not_possible(LOCAL, "not-possible", str(reason)) from None
    if planned.instant <= work.now:
        raise _not_possible(LOCAL, "passed", "it has passed")
    if planned.instant <= call["deadline_at"]:
        raise _not_possible(LOCAL, "before-the-deadline", "nominations are taken until then")
    if planned.instant >= datetime.combine(
        activity["starts_on"], time(), ZoneInfo(activity["zone"])
    ):
        raise _not_possible(LOCAL, "after-the-start", "the activity has begun by then")
    return {
        "scores_until_local": planned.local.isoformat(),
        "scores_until_zone": planned.zone,
        "scores_until_at": planned.instant,
    }


def _not_possible(field: str, code: str, why: str) -> DeadlineIsNotPossible:
    return DeadlineIsNotPossible(faults=[Fault(field, code, why)])
