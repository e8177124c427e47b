"""Joining instructions: everyone enrolled is told how to join, each once."""

from uuid import UUID

from shared.context import Outcome, Work
from shared.database import lock_row
from shared.rights import require_staff

from ..loading import enrolments_of, found, sessions_of
from ..refusals import ActivityIsClosed, NothingIsPlanned
from ..tables import activity
from ..telling import instruct


async def issue_joining_instructions(work: Work, activity_id: UUID) -> Outcome:
    """Tell who is enrolled now and was not told; who is enrolled later is told by itself."""
    await lock_row(work.connection, activity, id=activity_id)
    row = await found(work, activity, activity_id)
    await require_staff(work, row.project_id, "coordinator")
    if row.state != "planned":
        return ActivityIsClosed()
    if not await sessions_of(work, activity_id, cancelled=False):
        return NothingIsPlanned()
    places = await enrolments_of(work, activity_id, status="enrolled")
    issued_at = row.instructions_issued_at or work.now
    mine = activity.c.id == activity_id
    await work.connection.execute(
        activity.update().where(mine).values(instructions_issued_at=issued_at)
    )
    return await instruct(work, row, places)
