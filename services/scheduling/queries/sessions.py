"""Sessions and their attendance as shown."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Row, select

from shared.calendar import WorkingCalendar
from shared.context import Work
from shared.contracts.event import Localized, Planned
from shared.rights import Parties
from shared.web.lists import Listed

from ..facts import planned
from ..loading import (
    calendar_of,
    enrolments_of,
    marks_of,
    perhaps,
    session_and_activity,
    sessions_of,
    takes_part,
    venues_by_id,
)
from ..rights import activity_in_sight, require_keeper
from ..tables import nomination, venue
from .warnings import Warned, session_warnings


class SessionShown(BaseModel):
    """One dated block of an activity, with what speaks against its time."""

    id: UUID
    activity_id: UUID
    number: int
    starts: Planned
    ends: Planned
    module: Localized
    venue_id: UUID | None
    venue: Localized
    room: str | None
    instructor_ids: list[UUID]
    participant_ids: list[UUID] | None
    state: str
    warnings: list[Warned]
    version: int


class MarkShown(BaseModel):
    """One officer at a session; no status where none was written down yet."""

    person_id: UUID
    enrolment_id: UUID
    party: str
    status: str | None


class SheetShown(BaseModel):
    """The attendance sheet of a session."""

    session_id: UUID
    activity_id: UUID
    number: int
    marked: int
    records: list[MarkShown]


async def show_session(work: Work, session_id: UUID) -> SessionShown:
    """One session, as it is after the command that changed it."""
    row, parent = await session_and_activity(work, session_id)
    place = await perhaps(work, venue, row.venue_id)
    return _shown(row, place, await calendar_of(work, _country(parent, place)))


async def read_session(work: Work, session_id: UUID) -> SessionShown:
    """One session, for who may see its activity."""
    row, _ = await session_and_activity(work, session_id)
    _, parties = await activity_in_sight(work, row.activity_id)
    shown = await show_session(work, session_id)
    return _as_seen(shown, await _own(work, row.activity_id, parties))


async def list_sessions(work: Work, activity_id: UUID) -> Listed[SessionShown]:
    """The sessions of an activity in the order they are held; all of them at once."""
    parent, parties = await activity_in_sight(work, activity_id)
    own = await _own(work, activity_id, parties)
    rows = await sessions_of(work, activity_id)
    venues = await venues_by_id(work, rows)
    countries = {_country(parent, venues.get(row.venue_id)) for row in rows}
    hosts = {country: await calendar_of(work, country) for country in countries}
    shown = []
    for row in rows:
        place = venues.get(row.venue_id)
        shown.append(_as_seen(_shown(row, place, hosts[_country(parent, place)]), own))
    return Listed[SessionShown](items=shown)


def _country(parent: Row[Any], place: Row[Any] | None) -> str | None:
    """The host country of a session: the venue's, or else the activity's."""
    country: str | None = place.country if place else parent.country
    return country


def _shown(row: Row[Any], place: Row[Any] | None, host: WorkingCalendar | None) -> SessionShown:
    """A session with its venue and the host country's warnings."""
    return SessionShown.model_validate(
        {
            **row._mapping,
            "starts": planned(row.starts_local, row.zone, row.starts_at),
            "ends": planned(row.ends_local, row.zone, row.ends_at),
            "venue": place.names if place else {},
            "warnings": session_warnings(row, host),
        }
    )


async def _own(work: Work, activity_id: UUID, parties: Parties) -> frozenset[UUID] | None:
    """The officers of the reader's parties; None: of all."""
    if parties is None:
        return None
    mine = (nomination.c.activity_id == activity_id) & nomination.c.party.in_(parties)
    rows = await work.connection.execute(select(nomination.c.person_id).where(mine))
    return frozenset(row.person_id for row in rows)


def _as_seen(shown: SessionShown, own: frozenset[UUID] | None) -> SessionShown:
    """Without the officers of parties that are not the reader's."""
    if shown.participant_ids is None or own is None:
        return shown
    seen = [one for one in shown.participant_ids if one in own]
    return shown.model_copy(update={"participant_ids": seen})


async def show_sheet(work: Work, session_id: UUID) -> SheetShown:
    """The attendance sheet of a session, by party and the party's own rank."""
    row, parent = await session_and_activity(work, session_id)
    places = await enrolments_of(work, parent.id)
    marks = {mark.enrolment_id: mark.status for mark in await marks_of(work, [row.id])}
    records = _records(row, places, marks)
    return SheetShown(
        session_id=row.id,
        activity_id=parent.id,
        number=row.number,
        marked=sum(one.status is not None for one in records),
        records=records,
    )


async def read_sheet(work: Work, session_id: UUID) -> SheetShown:
    """The attendance sheet, for who keeps it."""
    row, parent = await session_and_activity(work, session_id)
    await require_keeper(work, row, parent)
    return await show_sheet(work, session_id)


def _records(row: Row[Any], places: Sequence[Row[Any]], marks: dict[UUID, str]) -> list[MarkShown]:
    return [
        MarkShown(
            person_id=place.person_id,
            enrolment_id=place.id,
            party=place.party,
            status=marks.get(place.id),
        )
        for place in places
        if place.id in marks or (place.status != "cancelled" and takes_part(row, place.person_id))
    ]
