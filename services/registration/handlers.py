"""What events cause in registration."""

from collections.abc import Sequence
from typing import Any

from shared.context import Outcome, Work
from shared.contracts import Event, Fact
from shared.contracts.registration import SeatFreed
from shared.contracts.scheduling import ActivityDescribed, CalendarDescribed, ProjectDescribed
from shared.database import insert_new, upsert_newest
from shared.refusals import NotFound, NotYetKnown

from .freed_seats import offer_free_seats
from .loading import locked_call
from .tables import activity, calendar, erasure_receipt, project


async def keep_project(work: Work, facts: Sequence[Fact[ProjectDescribed]]) -> None:
    """Newest: keep the projects that parties take part in."""
    await _keep(work, project, facts, {"project_id": "id"})


async def keep_activity(work: Work, facts: Sequence[Fact[ActivityDescribed]]) -> None:
    """Newest: keep the activities that calls are opened for."""
    await _keep(work, activity, facts, {"activity_id": "id"})


async def keep_calendar(work: Work, facts: Sequence[Fact[CalendarDescribed]]) -> None:
    """Newest: keep the calendars by which days to answer are counted."""
    await _keep(work, calendar, facts, {})


async def when_seat_is_freed_offer_it_to_the_next_who_keeps_every_quota(
    work: Work, fact: Fact[SeatFreed]
) -> Outcome:
    """Each: the waiting list moves up, or the seat is held."""
    try:
        call = await locked_call(work, fact.event.call_id)
    except NotFound:
        raise NotYetKnown("call") from None
    return await offer_free_seats(work, call)


async def when_a_service_has_forgotten_note_its_receipt(work: Work, fact: Fact[Any]) -> None:
    """Each: a service says that it erased a person."""
    receipt = {
        "person_id": fact.event.person_id,
        "service": fact.type.partition(".")[0],
        "confirmed_at": fact.time,
    }
    await insert_new(work.connection, erasure_receipt, [receipt])


async def _keep(
    work: Work, table: Any, facts: Sequence[Fact[Event]], renamed: dict[str, str]
) -> None:
    rows = []
    for fact in facts:
        told = {renamed.get(name, name): value for name, value in dict(fact.event).items()}
        kept = {name: value for name, value in told.items() if name in table.c}
        rows.append({**kept, "sequence": fact.sequence})
    work.stale += len(rows) - len(await upsert_newest(work.connection, table, rows))
