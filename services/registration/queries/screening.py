"""Screening as the coordinators see it; to auditors in numbers, to nobody else."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Select, select

from shared.context import Work
from shared.refusals import NotFound
from shared.rights import require_staff
from shared.web.lists import Listed, Place, listed

from ..commands.screening_lists import RUNNING
from ..commands.screening_results import answer_to
from ..domain.screening import Standing, standing
from ..loading import (
    Stored,
    by_id,
    first,
    known_project,
    several,
)
from ..screening.standing import days_of, said
from ..tables import (
    activity,
    call,
    nomination,
    person,
    project_screening,
    screening,
    screening_list,
)

COLUMNS = (
    *("reference", "family_name", "given_name", "family_name_ar", "given_name_ar"),
    *("party", "sex", "result", "valid_from", "valid_until"),
)
"""Of the list that goes to the vetting office; the last three come back filled in."""


class ScreeningAskedFor(BaseModel):
    """Whether the nominees of a project are screened, and how many stand where."""

    project_id: UUID
    asked_for: bool
    valid_days: int | None
    standing: dict[str, int]
    version: int


class ScreeningListShown(BaseModel):
    """A list for the vetting office; its names are in the file only."""

    id: UUID
    project_id: UUID
    nominations: int
    made_at: datetime
    made_by: UUID | None


class ResultsTaken(BaseModel):
    """What became of a file of results, or would; `dropped_columns` were not read."""

    rows: int
    decided: int
    unchanged: int
    waiting: int
    dropped_columns: list[int]
    preview: bool = False


class ScreeningShown(BaseModel):
    """Where the screening of a nomination stands (coordinators)."""

    nomination_id: UUID
    person_id: UUID
    party: str
    status: str
    """Of the nomination."""
    standing: Standing
    screening_reference: str | None
    started_on: date | None
    valid_from: date | None
    valid_until: date | None


async def show_screening(work: Work, project_id: UUID) -> ScreeningAskedFor:
    """Whether a project asks for screening, with numbers. Raises `NotFound` for a party."""
    if work.actor.role != "auditor":
        await require_staff(work, project_id, "coordinator")
    await known_project(work, project_id)
    mine = project_screening.c.project_id == project_id
    kept = await first(work, select(project_screening).where(mine))
    asked_for = bool(kept and kept["asked_for"])
    running = _query().where(
        nomination.c.project_id == project_id, nomination.c.status.in_(RUNNING)
    )
    counted = Counter(_standing(row, asked_for) for row in await several(work, running))
    return ScreeningAskedFor(
        project_id=project_id,
        asked_for=asked_for,
        valid_days=kept["valid_days"] if kept else None,
        standing=dict(counted),
        version=kept["version"] if kept else 0,
    )


async def list_screenings(work: Work, call_id: UUID, place: Place) -> Listed[ScreeningShown]:
    """Where every screening of a call stands. Raises `NotFound` for who does not coordinate it."""
    kept = await by_id(work, call, call_id)
    await require_staff(work, kept["project_id"], "coordinator")
    mine = project_screening.c.project_id == kept["project_id"]
    asked = await first(work, select(project_screening.c.asked_for).where(mine))
    asked_for = bool(asked and asked["asked_for"])
    return await listed(
        work.connection,
        _query().where(nomination.c.call_id == call_id),
        place,
        order=[nomination.c.id],
        show=lambda row: _shown(dict(row._mapping), asked_for),
    )


async def show_list(work: Work, list_id: UUID) -> ScreeningListShown:
    """A list in numbers. Raises `NotFound` for who does not coordinate the project."""
    kept = await by_id(work, screening_list, list_id)
    await require_staff(work, kept["project_id"], "coordinator")
    return ScreeningListShown(**kept)


async def rows_of_list(work: Work, list_id: UUID) -> Iterator[Sequence[str]]:
    """A list as it goes out, heading first: who still waits, and no more than names them."""
    await show_list(work, list_id)
    query = (
        select(screening.c.screening_reference, person.c.names, person.c.party, person.c.sex)
        .join(person, person.c.id == screening.c.person_id)
        .where(screening.c.list_id == list_id, screening.c.state == "pending")
        .order_by(screening.c.screening_reference)
    )
    return _rows(await several(work, query))


async def results_taken(work: Work, project_id: UUID, digest: str) -> ResultsTaken:
    """What a file of results was answered."""
    answer = await answer_to(work, project_id, digest)
    if answer is None:
        raise NotFound
    return ResultsTaken(**answer)


def _rows(found: Sequence[Stored]) -> Iterator[Sequence[str]]:
    yield COLUMNS
    for row in found:
        names = {one["script"]: (one["family"], one["given"]) for one in row["names"]}
        called = (*names.get("Latn", ("", "")), *names.get("Arab", ("", "")))
        yield (row["screening_reference"], *called, row["party"] or "", row["sex"], "", "", "")


def _query() -> Select[Any]:
    return (
        select(
            nomination,
            *(screening.c[name] for name in SAID),
            activity.c.starts_on,
            activity.c.ends_on,
        )
        .join(activity, activity.c.id == nomination.c.activity_id)
        .outerjoin(screening, screening.c.nomination_id == nomination.c.id)
    )


SAID = ("state", "screening_reference", "started_on", "valid_from", "valid_until")


def _standing(row: Mapping[str, Any], asked_for: bool) -> Standing:
    told = said(row) if row["state"] else None
    return standing(told, days_of(row), asked_for=asked_for)


def _shown(row: Stored, asked_for: bool) -> ScreeningShown:
    return ScreeningShown(**{**row, "nomination_id": row["id"]}, standing=_standing(row, asked_for))
