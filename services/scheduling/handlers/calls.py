"""A call that ended without its activity: the activity does not take place."""

from collections.abc import Sequence
from uuid import UUID

from shared.context import Outcome, Work
from shared.contracts import Event, Fact
from shared.contracts.registration import CallEnded, CallOpened, CallStated
from shared.database import lock_row
from shared.focal_points import focal_points
from shared.refusals import NotYetKnown

from ..calling_off import call_off, cancel_places, tell_instructors
from ..facts import activity_described
from ..loading import enrolments_of, found, perhaps, sessions_of
from ..tables import activity


async def when_a_call_ends_cancel_its_activity(work: Work, fact: Fact[CallEnded]) -> Outcome:
    """Each: an activity still planned does not take place; one closed stays as it was.

    Officers with a seat and focal points are told by registration, who teaches is told here.
    """
    return await _end(work, fact.event, is_told=True)


async def keep_ended_calls(work: Work, facts: Sequence[Fact[CallStated]]) -> Outcome:
    """Newest: the same where the end was missed; who teaches was told when it was news."""
    ended = [fact.event for fact in facts if fact.event.ended_at]
    return [event for one in ended for event in await _end(work, one, is_told=False)]


async def _end(work: Work, ended: CallOpened, *, is_told: bool) -> list[Event]:
    activity_id = ended.activity_id
    await lock_row(work.connection, activity, id=activity_id)
    row = await perhaps(work, activity, activity_id)
    if row is None:
        raise NotYetKnown("activity")
    if row.state != "planned":
        return []
    mine = activity.update().where(activity.c.id == activity_id)
    await work.connection.execute(mine.values(state="cancelled", version=row.version + 1))
    cancelled = await found(work, activity, activity_id)
    held = await sessions_of(work, activity_id, cancelled=False)
    places = await enrolments_of(work, activity_id, status="enrolled")
    told = {place.person_id for place in places} | await _focal_points(work, ended)
    return [
        activity_described(cancelled),
        *await call_off(work, held),
        *await cancel_places(work, places),
        *(await tell_instructors(work, cancelled, held, told) if is_told else ()),
    ]


async def _focal_points(work: Work, ended: CallOpened) -> set[UUID]:
    points = await focal_points(work, ended.project_id, ended.parties)
    return {person_id for holders in points.values() for person_id in holders}
