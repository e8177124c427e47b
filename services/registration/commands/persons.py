"""Registering persons and changing what is known of them (coordinator, admin)."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import ColumnElement

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.database import insert_new
from shared.refusals import NotFound, Refused
from shared.web.versions import VersionHasMoved

from ..bodies.people import DescribePerson
from ..facts import login_of, person_details
from ..loading import (
    Stored,
    by_id,
    first,
    parties,
)
from ..phone_numbers import normalised
from ..refusals.people import (
    OfficerReferenceIsTaken,
    PartyIsNotRegistered,
    PersonIsErased,
    SubjectIsTaken,
)
from ..rights import may_see_person, require_registrar
from ..tables import person
from .logins import follow_login


async def register_person(work: Work, person_id: UUID, asked: DescribePerson) -> Outcome:
    """Make a person known, once for all services."""
    await require_registrar(work, asked.party)
    calendar = await _calendar_of(work, asked)
    taken = await _taken(work, person_id, asked)
    if taken:
        return taken
    row = {"id": person_id, **_described(asked, calendar), "version": 1, "erased_at": None}
    if not await insert_new(work.connection, person, [row]):
        return SubjectIsTaken()
    return [person_details(row, calendar)]


async def change_person(
    work: Work, person_id: UUID, asked: DescribePerson, version: int
) -> Outcome:
    """Change what is known of a person; channels and assignments follow a new sign-in."""
    kept = await by_id(work, person, person_id)
    if not await may_see_person(work, kept):
        return NotFound()
    await require_registrar(work, kept["party"])
    await require_registrar(work, asked.party)
    if kept["erased_at"] is not None:
        return PersonIsErased()
    if kept["version"] != version:
        return VersionHasMoved()
    calendar = await _calendar_of(work, asked)
    taken = await _taken(work, person_id, asked)
    if taken:
        return taken
    row = {**kept, **_described(asked, calendar), "version": version + 1}
    return await _replace(work, kept, row, calendar)


async def _replace(work: Work, kept: Stored, row: Stored, calendar: str | None) -> Outcome:
    mine = (person.c.id == row["id"]) & (person.c.version == kept["version"])
    try:
        async with work.connection.begin_nested():
            changed = await work.connection.execute(person.update().where(mine).values(**row))
    except IntegrityError:
        return SubjectIsTaken()
    if not changed.rowcount:
        return VersionHasMoved()
    events: list[Event] = [person_details(row, calendar)]
    if row["subject"] != kept["subject"]:
        events += await follow_login(work, row["id"], login_of(row["subject"]))
    return events


def _described(asked: DescribePerson, calendar: str | None) -> dict[str, Any]:
    described = asked.model_dump(mode="json")
    described["serving_since"] = asked.serving_since
    described["phone"] = normalised(asked.phone, asked.calendar_country or calendar)
    return described


async def _calendar_of(work: Work, asked: DescribePerson) -> str | None:
    """The calendar country of the person's party. Raises `PartyIsNotRegistered`."""
    if asked.party is None:
        return None
    kept = (await parties(work, [asked.party])).get(asked.party)
    if kept is None:
        raise PartyIsNotRegistered
    country: str | None = kept["calendar_country"]
    return country


async def _taken(work: Work, person_id: UUID, asked: DescribePerson) -> Refused | None:
    if asked.subject and await _another(work, person_id, person.c.subject == asked.subject):
        return SubjectIsTaken()
    reference = asked.officer_reference
    same = (person.c.party == asked.party) & (person.c.officer_reference == reference)
    if asked.party and reference and await _another(work, person_id, same):
        return OfficerReferenceIsTaken()
    return None


async def _another(work: Work, person_id: UUID, alike: ColumnElement[bool]) -> bool:
    return await first(work, select(person.c.id).where(alike, person.c.id != person_id)) is not None
