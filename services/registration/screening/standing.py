"""Who may be given a seat where a project has its nominees screened."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Work

from ..domain.screening import (
    Clearance,
    Days,
    Standing,
    may_hold_a_seat,
    standing,
)
from ..loading import (
    Stored,
    first,
    known_activity,
    several,
)
from ..refusals.screening import SeatCannotBeOfferedNow
from ..tables import project_screening, screening


async def is_asked_for(work: Work, project_id: UUID) -> bool:
    """Whether the project has its nominees screened."""
    mine = project_screening.c.project_id == project_id
    found = await first(work, select(project_screening.c.asked_for).where(mine))
    return bool(found and found["asked_for"])


async def standings_of(
    work: Work, call: Stored, nomination_ids: Collection[UUID] | None = None
) -> Mapping[UUID, Standing]:
    """Where each screening of a call stands; of who has no entry, nothing was said yet."""
    activity = await known_activity(work, call["activity_id"])
    query = select(screening).where(screening.c.call_id == call["id"])
    if nomination_ids is not None and len(nomination_ids) < 1000:
        query = query.where(screening.c.nomination_id.in_(nomination_ids))
    days = days_of(activity)
    return {
        row["nomination_id"]: standing(said(row), days, asked_for=True)
        for row in await several(work, query)
    }


async def seatable(work: Work, call: Stored, rows: Sequence[Stored]) -> list[Stored]:
    """The nominations of a call to which a seat may be given."""
    may_be = await seatable_ids(work, call, [row["id"] for row in rows])
    return [row for row in rows if row["id"] in may_be]


async def seatable_and_waiting(
    work: Work, call: Stored, rows: Sequence[Stored]
) -> tuple[list[Stored], int]:
    """The nominations to which a seat may be given, and how many wait for a clearance."""
    if not await is_asked_for(work, call["project_id"]):
        return list(rows), 0
    stands = await standings_of(work, call, [row["id"] for row in rows])
    standing_of = [(row, stands.get(row["id"], "pending")) for row in rows]
    waiting = sum(one in ("pending", "expired") for _, one in standing_of)
    return [row for row, one in standing_of if may_hold_a_seat(one)], waiting


async def seatable_ids(work: Work, call: Stored, ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these nominations may be given a seat; all where nobody is screened."""
    if not await is_asked_for(work, call["project_id"]):
        return frozenset(ids)
    stands = await standings_of(work, call, ids)
    return frozenset(one for one in ids if may_hold_a_seat(stands.get(one, "pending")))


async def require_seatable(work: Work, call: Stored, rows: Sequence[Stored]) -> None:
    """Raises `SeatCannotBeOfferedNow` where one of the nominations may not be given a seat."""
    if len(await seatable(work, call, rows)) < len(rows):
        raise SeatCannotBeOfferedNow


def said(row: Mapping[str, Any]) -> Clearance:
    """What the vetting office said."""
    return Clearance(row["state"], row["valid_from"], row["valid_until"])


def days_of(activity: Mapping[str, Any]) -> Days:
    """The days that a clearance has to cover."""
    return Days(activity["starts_on"], activity["ends_on"])
