"""Finding the rows that commands, handlers and queries begin with."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, select

from shared.calendar import WorkingCalendar
from shared.context import Work
from shared.refusals import NotFound

from .tables import activity, attendance, calendar, enrolment, person, session, venue


async def found(work: Work, table: Table, identity: UUID) -> Row[Any]:
    """The row with this id. Raises `NotFound`."""
    row = await perhaps(work, table, identity)
    if row is None:
        raise NotFound
    return row


async def perhaps(work: Work, table: Table, identity: UUID | None) -> Row[Any] | None:
    """The row with this id, if there is one."""
    if identity is None:
        return None
    query = select(table).where(table.c.id == identity)
    return (await work.connection.execute(query)).one_or_none()


async def sessions_of(
    work: Work, activity_id: UUID, *, cancelled: bool = True
) -> Sequence[Row[Any]]:
    """The sessions of an activity in the order of their times, with or without cancelled ones."""
    query = select(session).where(session.c.activity_id == activity_id)
    if not cancelled:
        query = query.where(session.c.state == "scheduled")
    ordered = query.order_by(session.c.starts_at, session.c.number)
    return (await work.connection.execute(ordered)).all()


async def session_and_activity(work: Work, session_id: UUID) -> tuple[Row[Any], Row[Any]]:
    """A session and what it belongs to. Raises `NotFound`."""
    row = await found(work, session, session_id)
    return row, await found(work, activity, row.activity_id)


async def enrolments_of(
    work: Work, activity_id: UUID, *, status: str | None = None
) -> Sequence[Row[Any]]:
    """Who has or had a place in an activity, by party and the party's own rank."""
    query = select(enrolment).where(enrolment.c.activity_id == activity_id)
    if status:
        query = query.where(enrolment.c.status == status)
    order = (enrolment.c.party, enrolment.c.priority, enrolment.c.id)
    return (await work.connection.execute(query.order_by(*order))).all()


async def marks_of(work: Work, session_ids: Collection[UUID]) -> Sequence[Row[Any]]:
    """The attendance written down for some sessions."""
    query = select(attendance).where(attendance.c.session_id.in_(session_ids))
    return (await work.connection.execute(query)).all()


async def persons_by_id(work: Work, person_ids: Collection[UUID]) -> dict[UUID, Row[Any]]:
    """What is kept of some persons; who is not known yet is missing."""
    query = select(person).where(person.c.id.in_(person_ids))
    return {row.id: row for row in await work.connection.execute(query)}


async def venues_by_id(work: Work, sessions: Sequence[Row[Any]]) -> dict[UUID, Row[Any]]:
    """The venues of some sessions."""
    wanted = {row.venue_id for row in sessions if row.venue_id}
    query = select(venue).where(venue.c.id.in_(wanted))
    return {row.id: row for row in await work.connection.execute(query)}


async def calendar_of(work: Work, country: str | None) -> WorkingCalendar | None:
    """The working calendar of a country, if one is kept."""
    query = select(calendar.c.calendar).where(calendar.c.country == country)
    kept = (await work.connection.execute(query)).scalar_one_or_none()
    return None if kept is None else WorkingCalendar.from_json(kept)


def takes_part(row: Row[Any], person_id: UUID) -> bool:
    """Whether a session concerns an officer enrolled in its activity."""
    return row.participant_ids is None or str(person_id) in row.participant_ids
