"""Whether a session can be held as planned, and what should make its planner think twice."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from shared.calendar import (
    Conflict,
    ConflictKind,
    PlannedTime,
    WorkingCalendar,
    closes_early,
    conflicts,
)


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """One dated block: when, in which room, led by whom."""

    id: UUID
    starts: PlannedTime
    ends: PlannedTime
    room: UUID | None = None
    instructors: Set[UUID] = frozenset()
    cancelled: bool = False

    def overlaps(self, other: "SessionPlan") -> bool:
        """A session may begin in the minute in which another ends."""
        before_end = self.starts.instant < other.ends.instant
        return before_end and other.starts.instant < self.ends.instant


@dataclass(frozen=True, slots=True)
class ActivityDates:
    """First and last day of an activity, as local dates in its zone."""

    first: date
    last: date
    zone: str


class FaultOfPlan(StrEnum):
    ENDS_BEFORE_IT_STARTS = "ends-before-it-starts"
    OUTSIDE_THE_ACTIVITY = "outside-the-activity"
    ROOM_IS_TAKEN = "room-is-taken"
    INSTRUCTOR_IS_TAKEN = "instructor-is-taken"


@dataclass(frozen=True, slots=True)
class PlanFault:
    """Why a session cannot be planned so; `session` is the one in its way."""

    fault: FaultOfPlan
    session: UUID | None = None


def faults_of(
    plan: SessionPlan, activity: ActivityDates, others: Iterable[SessionPlan]
) -> tuple[PlanFault, ...]:
    """Everything that forbids the plan. `others` are sessions of any activity; its own id and
    cancelled ones among them do not count."""
    if plan.ends.instant <= plan.starts.instant:
        return (PlanFault(FaultOfPlan.ENDS_BEFORE_IT_STARTS),)
    first, last = _days(plan, activity.zone)
    outside = first < activity.first or activity.last < last
    found = [PlanFault(FaultOfPlan.OUTSIDE_THE_ACTIVITY)] if outside else []
    return (*found, *_clashes(plan, others))


def warnings_of(plan: SessionPlan, host: WorkingCalendar, zone: str) -> tuple[Conflict, ...]:
    """Days off, Ramadan and early closing in the host country, for a plan without faults.

    A half day warns only when the session goes on after offices close.
    """
    first, last = _days(plan, zone)
    closing = closes_early(host, last)
    goes_on = closing is not None and _local(plan.ends.instant, zone).time() > closing
    found = [c for c in conflicts(host, first, last) if c.kind is not ConflictKind.HALF_DAY]
    return (*found, Conflict(last, ConflictKind.HALF_DAY)) if goes_on else tuple(found)


def _clashes(plan: SessionPlan, others: Iterable[SessionPlan]) -> Iterator[PlanFault]:
    for other in others:
        if other.cancelled or other.id == plan.id or not plan.overlaps(other):
            continue
        if plan.room is not None and plan.room == other.room:
            yield PlanFault(FaultOfPlan.ROOM_IS_TAKEN, other.id)
        if plan.instructors & other.instructors:
            yield PlanFault(FaultOfPlan.INSTRUCTOR_IS_TAKEN, other.id)


def _days(plan: SessionPlan, zone: str) -> tuple[date, date]:
    """A session that ends at midnight ends on the day before."""
    last_moment = plan.ends.instant - timedelta(microseconds=1)
    return _local(plan.starts.instant, zone).date(), _local(last_moment, zone).date()


def _local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone))
