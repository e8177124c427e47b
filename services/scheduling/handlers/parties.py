"""Parties, and the working calendars of their countries."""

from collections.abc import Sequence

from shared.context import Outcome, Work
from shared.contracts import Event, Fact
from shared.contracts.registration import PartyDescribed
from shared.database import upsert_newest

from ..calendars import have_calendar
from ..tables import party


async def keep_party(work: Work, facts: Sequence[Fact[PartyDescribed]]) -> Outcome:
    """Newest: keep parties; a country's calendar is there as soon as a party keeps it."""
    rows = [
        {
            "party": fact.event.party,
            "kind": fact.event.kind,
            "names": fact.event.names,
            "calendar_country": calendar_country(fact.event),
            "sequence": fact.sequence,
        }
        for fact in facts
    ]
    work.stale += len(rows) - len(await upsert_newest(work.connection, party, rows))
    events: list[Event] = []
    for country in sorted(
        {str(row["calendar_country"]) for row in rows if row["calendar_country"]}
    ):
        events += await have_calendar(work, country)
    return events


def calendar_country(event: PartyDescribed) -> str | None:
    """Whose working week a party keeps: a country's is its own unless said otherwise."""
    if event.calendar_country is None and event.kind == "country":
        return event.party
    return event.calendar_country
