"""Rows loaded for a decision. Who comes second waits at the call, and sees what the first did."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import CompoundSelect, Select, Table, select

from shared.context import Work
from shared.database import lock_row
from shared.refusals import NotFound, NotYetKnown

from .tables import (
    activity,
    call,
    nomination,
    offer,
    party,
    person,
    project,
)

Stored = dict[str, Any]


async def first(work: Work, query: Select[Any]) -> Stored | None:
    """The one row of a query, if there is one."""
    row = (await work.connection.execute(query)).mappings().first()
    return dict(row) if row else None


async def several(work: Work, query: Select[Any] | CompoundSelect[Any]) -> list[Stored]:
    """All rows of a query."""
    return [dict(row) for row in (await work.connection.execute(query)).mappings()]


async def required(work: Work, query: Select[Any]) -> Stored:
    """The one row of a query. Raises `NotFound`."""
    found = await first(work, query)
    if found is None:
        raise NotFound
    return found


async def by_id(work: Work, table: Table, identity: UUID) -> Stored:
    """A row by its id. Raises `NotFound`."""
    return await required(work, select(table).where(table.c.id == identity))


async def known_project(work: Work, project_id: UUID) -> Stored:
    """A project as scheduling told of it. Raises `NotYetKnown`."""
    found = await first(work, select(project).where(project.c.id == project_id))
    if found is None:
        raise NotYetKnown("project")
    return found


async def known_activity(work: Work, activity_id: UUID) -> Stored:
    """An activity as scheduling told of it. Raises `NotYetKnown`."""
    found = await first(work, select(activity).where(activity.c.id == activity_id))
    if found is None:
        raise NotYetKnown("activity")
    return found


def has_begun(work: Work, activity: Mapping[str, Any]) -> bool:
    """Whether nobody can be seated any more: it has begun, was closed or cancelled."""
    today = work.now.astimezone(ZoneInfo(activity["zone"])).date()
    return bool(activity["state"] != "planned" or activity["starts_on"] <= today)


async def locked_call(work: Work, call_id: UUID) -> Stored:
    """A call, held until the transaction ends. Raises `NotFound`."""
    await lock_row(work.connection, call, id=call_id)
    return await by_id(work, call, call_id)


async def hold_calls(work: Work, call_ids: Collection[UUID]) -> None:
    """Hold calls until the transaction ends, in one order for all."""
    for call_id in sorted(call_ids):
        await lock_row(work.connection, call, id=call_id)


async def locked_nomination(work: Work, nomination_id: UUID) -> tuple[Stored, Stored]:
    """A nomination and its call, held until the transaction ends. Raises `NotFound`."""
    found = await by_id(work, nomination, nomination_id)
    held = await locked_call(work, found["call_id"])
    return await by_id(work, nomination, nomination_id), held


async def locked_offer(work: Work, offer_id: UUID) -> tuple[Stored, Stored, Stored]:
    """An offer, its nomination and its call, held. Raises `NotFound`."""
    found = await by_id(work, offer, offer_id)
    nominated, held = await locked_nomination(work, found["nomination_id"])
    return await by_id(work, offer, offer_id), nominated, held


async def standing_offer(work: Work, nomination_id: UUID) -> Stored | None:
    """The offer, live or accepted, by which a nomination holds a seat."""
    mine = (offer.c.nomination_id == nomination_id) & offer.c.state.in_(("live", "accepted"))
    return await first(work, select(offer).where(mine))


async def persons(work: Work, person_ids: Collection[UUID]) -> Mapping[UUID, Stored]:
    """Persons by id."""
    query = select(person).where(person.c.id.in_(person_ids))
    return {row["id"]: row for row in await several(work, query)}


async def parties(work: Work, codes: Collection[str]) -> Mapping[str, Stored]:
    """Parties by code."""
    query = select(party).where(party.c.code.in_(codes))
    return {row["code"]: row for row in await several(work, query)}


async def nominations_of(
    work: Work, call_id: UUID, statuses: Collection[str] | None = None
) -> list[Stored]:
    """The nominations of a call, all or of some statuses."""
    query = select(nomination).where(nomination.c.call_id == call_id)
    if statuses is not None:
        query = query.where(nomination.c.status.in_(statuses))
    return await several(work, query.order_by(nomination.c.party, nomination.c.priority))
