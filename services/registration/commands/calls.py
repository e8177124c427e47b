"""Opening a call: parties are asked to nominate officers for an activity (coordinator)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from shared.calendar import (
    LocalTimeDoesNotExist,
    LocalTimeNamesAZone,
    PlannedTime,
    UnknownZone,
    plan,
)
from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.registration import CallQuota, FocalPointInvited
from shared.database import insert_new
from shared.focal_points import focal_points
from shared.ids import new_id
from shared.refusals import Fault, Refused
from shared.rights import require_staff

from ..bodies.calls import OpenCall
from ..bodies.words import LocalTime
from ..facts import call_opened, deadline_of
from ..loading import first, has_begun, known_activity
from ..partners import partners_today
from ..quotas import contradictions, quotas_asked
from ..refusals.calls import (
    ActivityIsOver,
    CallExists,
    ChannelIsMissing,
    DeadlineIsNotPossible,
    PartyIsNotAPartner,
)
from ..refusals.quotas import QuotasContradict
from ..tables import call, call_quota

Row = Mapping[str, Any]


async def open_call(work: Work, call_id: UUID, asked: OpenCall) -> Outcome:
    """Open an activity to nominations, and invite every focal point of the parties."""
    activity = await known_activity(work, asked.activity_id)
    await require_staff(work, activity["project_id"], "coordinator")
    quotas = quotas_asked(asked)
    wrong = await _check(work, activity, asked, quotas)
    if wrong:
        return wrong
    deadline = _deadline(work, activity, asked.deadline)
    _check_late_until(asked, activity, deadline)
    _check_withdraw_until(asked, activity, deadline)
    invited = [one.party for one in asked.parties]
    points = await focal_points(work, activity["project_id"], invited)
    missing = [code for code in invited if not points.get(code)]
    if missing:
        return ChannelIsMissing(faults=_parties_at_fault(asked, missing, "no-channel"))
    opened = _row(work, call_id, activity, asked, deadline)
    if not await insert_new(work.connection, call, [opened]):
        return CallExists()
    rows = [{"call_id": call_id, **quota.model_dump()} for quota in quotas]
    await work.connection.execute(call_quota.insert(), rows)
    return [call_opened(opened, quotas), *_invitations(work, opened, activity, points)]


async def _check(
    work: Work, activity: Row, asked: OpenCall, quotas: Sequence[CallQuota]
) -> Refused | None:
    if has_begun(work, activity):
        return ActivityIsOver()
    same = select(call.c.id).where(call.c.activity_id == asked.activity_id)
    if await first(work, same) is not None:
        return CallExists()
    faults = contradictions(asked.seats, quotas)
    if faults:
        return QuotasContradict(faults=faults)
    partners = await partners_today(work, activity["project_id"])
    strangers = [one.party for one in asked.parties if one.party not in partners]
    if strangers:
        return PartyIsNotAPartner(faults=_parties_at_fault(asked, strangers, "not-a-partner"))
    return None


def _deadline(work: Work, activity: Row, asked: LocalTime) -> PlannedTime:
    """Still to come, and before the day of the activity. Raises `DeadlineIsNotPossible`."""
    try:
        planned = plan(asked.local, asked.zone)
    except (LocalTimeDoesNotExist, LocalTimeNamesAZone, UnknownZone) as reason:
        field = "deadline.zone" if isinstance(reason, UnknownZone) else "deadline.local"
        raise DeadlineIsNotPossible(faults=[Fault(field, "not-possible", str(reason))]) from None
    if planned.instant <= work.now:
        raise _not_possible("passed", "it has passed")
    if planned.instant >= datetime.combine(
        activity["starts_on"], time(), ZoneInfo(activity["zone"])
    ):
        raise _not_possible("after-the-start", "the activity has begun by then")
    return planned


def _check_late_until(asked: OpenCall, activity: Row, deadline: PlannedTime) -> None:
    """The last day for who is late comes after the deadline. Raises `DeadlineIsNotPossible`."""
    last = asked.late_until
    if last is None:
        return
    if not asked.takes_late:
        raise _not_possible("takes-no-late", "the call takes nobody late", "late_until")
    if last < deadline.local.date():
        raise _not_possible("before-the-deadline", "it is before the deadline", "late_until")
    if last >= activity["starts_on"]:
        raise _not_possible("after-the-start", "the activity has begun by then", "late_until")


def _check_withdraw_until(asked: OpenCall, activity: Row, deadline: PlannedTime) -> None:
    """Seats exist after the deadline and before the activity. Raises `DeadlineIsNotPossible`."""
    last = asked.withdraw_until
    if last is None:
        return
    if last < deadline.local.date():
        raise _not_possible("before-the-deadline", "it is before the deadline", "withdraw_until")
    if last >= activity["starts_on"]:
        raise _not_possible("after-the-start", "the activity has begun by then", "withdraw_until")


def _not_possible(code: str, why: str, field: str = "deadline.local") -> DeadlineIsNotPossible:
    return DeadlineIsNotPossible(faults=[Fault(field, code, why)])


def _row(
    work: Work, call_id: UUID, activity: Row, asked: OpenCall, deadline: PlannedTime
) -> dict[str, Any]:
    return {
        "id": call_id,
        "activity_id": activity["id"],
        "project_id": activity["project_id"],
        "reference": activity["reference"],
        "seats": asked.seats,
        "deadline_local": deadline.local.isoformat(),
        "deadline_zone": deadline.zone,
        "deadline_at": deadline.instant,
        "answer_working_days": asked.answer_working_days,
        "opened_at": work.now,
        "selected_at": None,
        "pool_digest": None,
        "takes_late": asked.takes_late,
        "late_until": asked.late_until,
        "withdraw_until": asked.withdraw_until,
        "version": 1,
    }


def _invitations(
    work: Work, opened: Row, activity: Row, points: Mapping[str, Sequence[UUID]]
) -> list[Event]:
    return [
        FocalPointInvited(
            invitation_id=new_id(),
            call_id=opened["id"],
            activity_id=opened["activity_id"],
            party=code,
            person_id=person_id,
            reference=opened["reference"],
            visibility=activity["visibility"],
            deadline=deadline_of(opened),
            link=work.links.page(f"calls/{opened['id']}/page"),
        )
        for code, person_ids in sorted(points.items())
        for person_id in person_ids
    ]


def _parties_at_fault(asked: OpenCall, codes: Sequence[str], code: str) -> list[Fault]:
    """By their places in what was sent, which is not sent back."""
    return [
        Fault(f"parties.{place}.party", code, code.replace("-", " "))
        for place, one in enumerate(asked.parties)
        if one.party in codes
    ]
