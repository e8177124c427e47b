"""A call that ended without its activity: the activity is cancelled."""

from shared.context import Outcome, Work
from shared.contracts import Fact
from shared.contracts.registration import CallEnded
from shared.database import lock_row
from shared.refusals import NotYetKnown

from ..facts import activity_described
from ..loading import found, perhaps
from ..tables import activity


async def when_a_call_ends_cancel_its_activity(work: Work, fact: Fact[CallEnded]) -> Outcome:
    """Each: an activity still planned does not take place; one closed stays as it was."""
    activity_id = fact.event.activity_id
    await lock_row(work.connection, activity, id=activity_id)
    row = await perhaps(work, activity, activity_id)
    if row is None:
        raise NotYetKnown("activity")
    if row.state != "planned":
        return None
    mine = activity.update().where(activity.c.id == activity_id)
    await work.connection.execute(mine.values(state="cancelled", version=row.version + 1))
    return [activity_described(await found(work, activity, activity_id))]
