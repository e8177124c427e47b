"""Parties and persons as they are shown."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.sql import ColumnElement

from shared.context import Work
from shared.contracts.registration import PersonName
from shared.refusals import NotFound
from shared.rights import require_role
from shared.web.lists import Listed, Place, listed

from ..loading import (
    Stored,
    by_id,
    parties,
    several,
)
from ..personal import BLANK
from ..rights import (
    may_see_person,
    parties_met,
    require_a_part_here,
    sees_persons,
)
from ..tables import erasure_receipt, party, person

SERVICES = ("registration", "scheduling", "notifications", "reporting")


class PartyShown(BaseModel):
    """A party."""

    party: str
    kind: str
    names: dict[str, str]
    calendar_country: str | None
    contact_directly: bool
    version: int


class PersonShown(BaseModel):
    """A person, to those who may see them; to auditors with nothing personal in it."""

    id: UUID
    version: int
    party: str | None
    subject: str | None
    """Shown to those who may change it."""
    officer_reference: str | None
    names: list[PersonName]
    sex: str
    email: str | None
    phone: str | None
    language: str
    wants_email: bool
    wants_sms: bool
    contact_directly: bool
    calendar_country: str | None
    unit: str | None
    unit_name: str | None
    rank_title: str | None
    rank_band: str | None
    specialisms: list[str]
    languages: list[str]
    serving_since: date | None
    erased_at: datetime | None


class ErasureShown(BaseModel):
    """Which service has forgotten the person, and when; null: not yet."""

    person_id: UUID
    erased_at: datetime
    receipts: dict[str, datetime | None]
    complete: bool


async def show_party(work: Work, code: str) -> PartyShown:
    """One party."""
    found = (await parties(work, [code])).get(code)
    if found is None:
        raise NotFound
    return _party(found)


async def list_parties(work: Work, place: Place) -> Listed[PartyShown]:
    """All parties, by code."""
    return await listed(
        work.connection,
        select(party),
        place,
        order=[party.c.code],
        show=lambda row: _party(dict(row._mapping)),
    )


async def show_person(work: Work, person_id: UUID) -> PersonShown:
    """One person. Raises `NotFound` for another party's."""
    kept = await by_id(work, person, person_id)
    if not await may_see_person(work, kept):
        raise NotFound
    return _person(work, kept)


async def list_persons(work: Work, place: Place) -> Listed[PersonShown]:
    """The persons of the parties the caller meets, and to coordinators those of none."""
    await require_a_part_here(work)
    met = await parties_met(work)
    query = select(person).where(person.c.erased_at.is_(None))
    if met is not None:
        mine: ColumnElement[bool] = person.c.party.in_(met)
        if work.actor.role == "coordinator":
            mine |= person.c.party.is_(None)
        query = query.where(mine)
    return await listed(
        work.connection,
        query,
        place,
        order=[person.c.id],
        show=lambda row: _person(work, dict(row._mapping)),
    )


async def show_erasure(work: Work, person_id: UUID) -> ErasureShown:
    """The receipts of an erasure (admin, auditor)."""
    await require_role(work, "auditor")
    kept = await by_id(work, person, person_id)
    if kept["erased_at"] is None:
        raise NotFound
    query = select(erasure_receipt).where(erasure_receipt.c.person_id == person_id)
    found = {row["service"]: row["confirmed_at"] for row in await several(work, query)}
    receipts = {service: found.get(service) for service in SERVICES}
    return ErasureShown(
        person_id=person_id,
        erased_at=kept["erased_at"],
        receipts=receipts,
        complete=all(receipts.values()),
    )


def _person(work: Work, row: Stored) -> PersonShown:
    if not sees_persons(work):
        return PersonShown(**{**row, **BLANK})
    registrar = work.actor.role in ("admin", "coordinator")
    return PersonShown(**{**row, "subject": row["subject"] if registrar else None})


def _party(row: Stored) -> PartyShown:
    return PartyShown(party=row["code"], **row)
