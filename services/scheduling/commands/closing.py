"""Closing an activity: who completed it, and a certificate for each who did."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from shared.context import Outcome, Work
from shared.database import lock_row
from shared.refusals import Fault, Refused
from shared.rights import require_staff

from ..facts import activity_described
from ..loading import found, takes_part
from ..outcomes import Record, record_of, settle
from ..refusals import (
    ActivityIsClosed,
    ActivityIsNotOver,
    AttendanceIsMissing,
    NothingIsPlanned,
)
from ..tables import activity


async def close_activity(work: Work, activity_id: UUID) -> Outcome:
    """Settle who completed; the outcome of each officer is announced, and papers follow."""
    await lock_row(work.connection, activity, id=activity_id)
    record = await record_of(work, activity_id)
    await require_staff(work, record.activity.project_id, "coordinator")
    refusal = _objection(work, record)
    if refusal:
        return refusal
    settled = await settle(work, record, record.places)
    if isinstance(settled, Refused):
        return settled
    mine = activity.c.id == activity_id
    closed = {"state": "closed", "version": record.activity.version + 1}
    await work.connection.execute(activity.update().where(mine).values(closed))
    return [*settled, activity_described(await found(work, activity, activity_id))]


def _objection(work: Work, record: Record) -> Refused | None:
    if record.activity.state != "planned":
        return ActivityIsClosed()
    if not record.sessions:
        return NothingIsPlanned()
    if max(row.ends_at for row in record.sessions) > work.now:
        return ActivityIsNotOver()
    faults = [fault for row in record.sessions for fault in _unmarked(record, row)]
    return AttendanceIsMissing(faults=faults) if faults else None


def _unmarked(record: Record, session: Row[Any]) -> list[Fault]:
    missing = sum(
        takes_part(session, place.person_id) and session.id not in record.marks.get(place.id, {})
        for place in record.places
    )
    path = f"session {session.number}"
    words = f"Officers without a mark: {missing}."
    return [Fault(path, "attendance-is-missing", words)] if missing else []
