"""What the vetting office said ends: on its last day, or weeks after the activity."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.jobs import plan, unplan

from ..calls.afterwards import weeks_after_the_end
from ..loading import known_activity, locked_call, several
from ..screening.forgetting import FORGET, forget_screening
from ..tables import screening

EXPIRE_CLEARANCE = "expire_clearance"


async def expire_clearance(work: Work, nomination_id: UUID, valid_until: date) -> Outcome:
    """The last day of a clearance has passed; one that was given anew is left as it is."""
    mine = (screening.c.nomination_id == nomination_id) & (screening.c.state == "cleared")
    ended = mine & (screening.c.valid_until == valid_until)
    await work.connection.execute(screening.update().where(ended).values(state="expired"))
    return None


async def forget_screenings(work: Work, call_id: UUID) -> Outcome:
    """Keep nothing of what was said in a call, nor when a clearance was to end, once its activity
    is over for some weeks, has it taken place or not."""
    held = await locked_call(work, call_id)
    due = weeks_after_the_end(FORGET, call_id, await known_activity(work, held["activity_id"]))
    if work.now < due.due_at:
        await plan(work, due)
        return None
    theirs = screening.c.call_id == call_id
    ending = theirs & screening.c.valid_until.is_not(None)
    for row in await several(work, select(screening).where(ending)):
        await unplan(work, EXPIRE_CLEARANCE, f"{row['nomination_id']} {row['valid_until']}")
    await forget_screening(work, theirs)
    return None
