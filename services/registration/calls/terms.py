"""The terms of a call as they are asked for: what is wrong with them, and how they are stored."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from shared.calendar import (
    LocalTimeDoesNotExist,
    LocalTimeNamesAZone,
    PlannedTime,
    UnknownZone,
    plan,
)
from shared.context import Work
from shared.focal_points import focal_points
from shared.refusals import Fault, Refused

from ..bodies.calls import AmendCall
from ..bodies.words import LocalTime
from ..partners import partners_today
from ..refusals.calls import ChannelIsMissing, DeadlineIsNotPossible, PartyIsNotAPartner
from ..refusals.quotas import QuotasContradict
from .conditions import eligibility_kept
from .contradictions import contradictions
from .quotas import Placed

DECIDED_BEFORE = timedelta(days=21)
Row = Mapping[str, Any]


async def what_is_wrong_with(
    work: Work, project_id: UUID, asked: AmendCall, quotas: Sequence[Placed], new: Collection[str]
) -> Refused | None:
    """Quotas that contradict one another, or newly invited parties that are no partners."""
    faults = contradictions(asked, quotas)
    if faults:
        return QuotasContradict(faults=faults)
    partners = await partners_today(work, project_id)
    strangers = [code for code in new if code not in partners]
    if strangers:
        return PartyIsNotAPartner(faults=_at_fault(asked, strangers, "not-a-partner"))
    return None


async def points_of(
    work: Work, project_id: UUID, asked: AmendCall, new: Collection[str]
) -> Mapping[str, Sequence[UUID]]:
    """The focal points of newly invited parties. Raises `ChannelIsMissing`."""
    points = await focal_points(work, project_id, new)
    missing = [code for code in new if not points.get(code)]
    if missing:
        raise ChannelIsMissing(faults=_at_fault(asked, missing, "no-channel"))
    return points


def terms(activity: Row, asked: AmendCall, deadline: PlannedTime) -> dict[str, Any]:
    """What of a call's row is asked for. Raises `DeadlineIsNotPossible`."""
    _check_late_until(asked, activity, deadline)
    _require_between("withdraw_until", asked.withdraw_until, activity, deadline)
    _check_follow_up_until(asked, activity, deadline)
    units = [one.unit for one in asked.units]
    return {
        "seats": asked.seats,
        "minimum_seats": asked.minimum_seats,
        "decide_on": _decide_on(activity, asked),
        "deadline_local": deadline.local.isoformat(),
        "deadline_zone": deadline.zone,
        "deadline_at": deadline.instant,
        "answer_working_days": asked.answer_working_days,
        "disclosure_hours": asked.disclosure_hours,
        "method": asked.method,
        "eligibility": eligibility_kept(units, asked.eligibility.model_dump(mode="json")),
        "takes_late": asked.takes_late,
        "late_until": asked.late_until,
        "withdraw_until": asked.withdraw_until,
        "follow_up": sorted(set(asked.follow_up)),
        "follow_up_until": asked.follow_up_until,
        "costs": asked.costs.model_dump(exclude_none=True) if asked.costs else None,
    }


def require_decision_to_come(
    work: Work, activity: Row, asked: AmendCall, kept: date | None = None
) -> None:
    """A day to decide on that is not `kept` has not passed. Raises `DeadlineIsNotPossible`."""
    today = work.now.astimezone(ZoneInfo(activity["zone"])).date()
    day = asked.decide_on
    if day is not None and day != kept and day < today:
        raise not_possible("passed", "it has passed", "decide_on")


def planned_deadline(
    work: Work, activity: Row, asked: LocalTime, field: str = "deadline"
) -> PlannedTime:
    """Still to come, and before the day of the activity. Raises `DeadlineIsNotPossible`."""
    try:
        planned = plan(asked.local, asked.zone)
    except (LocalTimeDoesNotExist, LocalTimeNamesAZone, UnknownZone) as reason:
        at_fault = "zone" if isinstance(reason, UnknownZone) else "local"
        raise not_possible("not-possible", str(reason), f"{field}.{at_fault}") from None
    if planned.instant <= work.now:
        raise not_possible("passed", "it has passed", f"{field}.local")
    if planned.instant >= start_of(activity, activity["starts_on"]):
        raise not_possible("after-the-start", "the activity has begun by then", f"{field}.local")
    return planned


def start_of(activity: Row, day: date) -> datetime:
    """The first moment of a day where the activity is."""
    return datetime.combine(day, time(), ZoneInfo(activity["zone"]))


def not_possible(code: str, why: str, field: str = "deadline.local") -> DeadlineIsNotPossible:
    """The refusal of a day or time."""
    return DeadlineIsNotPossible(faults=[Fault(field, code, why)])


def _decide_on(activity: Row, asked: AmendCall) -> date | None:
    """The day on which a call below its minimum is put to the coordinators."""
    if asked.decide_on is None:
        return activity["starts_on"] - DECIDED_BEFORE if asked.minimum_seats else None
    if asked.minimum_seats is None:
        raise not_possible("no-minimum", "the call has no minimum of seats", "decide_on")
    _require_before_the_start("decide_on", asked.decide_on, activity)
    return asked.decide_on


def _check_late_until(asked: AmendCall, activity: Row, deadline: PlannedTime) -> None:
    """The last day for who is late comes after the deadline."""
    if asked.late_until is not None and not asked.takes_late:
        raise not_possible("takes-no-late", "the call takes nobody late", "late_until")
    _require_between("late_until", asked.late_until, activity, deadline)


def _check_follow_up_until(asked: AmendCall, activity: Row, deadline: PlannedTime) -> None:
    """Details are asked of who has a seat, before the activity."""
    if asked.follow_up_until is not None and not asked.follow_up:
        raise not_possible("asks-nothing", "the call asks for no details", "follow_up_until")
    _require_between("follow_up_until", asked.follow_up_until, activity, deadline)


def _require_between(field: str, day: date | None, activity: Row, deadline: PlannedTime) -> None:
    """A day of seats comes after the deadline and before the activity. Raises
    `DeadlineIsNotPossible`."""
    if day is not None and day < deadline.local.date():
        raise not_possible("before-the-deadline", "it is before the deadline", field)
    _require_before_the_start(field, day, activity)


def _require_before_the_start(field: str, day: date | None, activity: Row) -> None:
    if day is not None and day >= activity["starts_on"]:
        raise not_possible("after-the-start", "the activity has begun by then", field)


def _at_fault(asked: AmendCall, codes: Collection[str], code: str) -> list[Fault]:
    """By their places in what was sent, which is not sent back."""
    return [
        Fault(f"parties.{place}.party", code, code.replace("-", " "))
        for place, one in enumerate(asked.parties)
        if one.party in codes
    ]
