"""Nominations, and the enrolments that confirmed seats become."""

from collections.abc import Sequence
from typing import Any

from shared.context import Outcome, Work
from shared.contracts import Event, Fact
from shared.contracts.registration import NominationState
from shared.contracts.scheduling import OfficerEnrolled
from shared.database import insert_new, lock_row
from shared.keeping import keep_newest
from shared.refusals import NotYetKnown

from ..calling_off import cancel_places
from ..facts import enrolment_described, enrolment_id
from ..loading import found, perhaps
from ..tables import activity, enrolment, nomination
from ..telling import instruct

_ENROLLED_AS = (
    "activity_id",
    "project_id",
    "person_id",
    "party",
    "sex",
    "unit",
    "rank_band",
    "priority",
)


async def keep_nomination(work: Work, facts: Sequence[Fact[NominationState]]) -> Outcome:
    """Newest: keep nominations, and bring each enrolment in line with the whole newest state."""
    written = await keep_newest(work, nomination, facts)
    events: list[Event] = []
    newer = [fact.event for fact in facts if fact.event.nomination_id in written]
    for one in sorted(newer, key=lambda one: (one.activity_id, one.nomination_id)):
        if one.confirmed_at or one.status == "confirmed":
            events += await _reconcile(work, one)
    return events


async def _reconcile(work: Work, one: NominationState) -> list[Event]:
    """A seat that was ever confirmed is an enrolment; one given back since is a cancelled one, and
    so is one in an activity that does not take place."""
    await lock_row(work.connection, activity, id=one.activity_id)
    parent = await perhaps(work, activity, one.activity_id)
    if parent is None:
        raise NotYetKnown("activity")
    events: list[Event] = []
    if await insert_new(work.connection, enrolment, [_new(one)]):
        place = await found(work, enrolment, enrolment_id(one.nomination_id))
        events.append(enrolment_described(OfficerEnrolled, place))
    place = await found(work, enrolment, enrolment_id(one.nomination_id))
    if one.status != "confirmed" or parent.state == "cancelled":
        return [*events, *await cancel_places(work, [place])]
    if events and parent.instructions_issued_at and parent.state == "planned":
        events += await instruct(work, parent, [place])
    return events


def _new(one: NominationState) -> dict[str, Any]:
    return {
        "id": enrolment_id(one.nomination_id),
        "nomination_id": one.nomination_id,
        **{name: getattr(one, name) for name in _ENROLLED_AS},
        "status": "enrolled",
        "sessions_held": 0,
        "sessions_attended": 0,
        "days_attended": 0,
        "completions": 0,
        "instructions_issued_at": None,
    }
