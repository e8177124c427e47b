"""What an officer took part in, as it is shown: coded, also to auditors."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Select, func, select

from shared.context import Work
from shared.refusals import NotFound
from shared.web.lists import Listed, Place, listed

from ..loading import Stored, by_id, required
from ..past.history import STANDS
from ..rights import may_see_person, require_a_part_here, sees_persons
from ..tables import (
    activity,
    history_import,
    participation,
    person,
)


class Provenance(BaseModel):
    """From which row of which file it came, and by whom."""

    import_id: UUID
    row: int | None
    file_name: str | None
    """Blank for auditors: it may hold a name."""
    digest: str
    imported_at: datetime | None
    imported_by: UUID | None


class ParticipationShown(BaseModel):
    """What an officer took part in; nothing personal is in it."""

    id: UUID
    person_id: UUID
    source: str
    activity_id: UUID | None
    code: str | None
    title: str | None
    topic: str | None
    held_on: date | None
    outcome: str | None
    withdrawn_at: datetime | None
    version: int
    provenance: Provenance | None = None


async def list_participations(
    work: Work, person_id: UUID, place: Place
) -> Listed[ParticipationShown]:
    """What stands of an officer. Raises `NotFound` for another party's."""
    await require_a_part_here(work)
    await _require_person_seen(work, person_id)
    query = _query().where(participation.c.person_id == person_id, STANDS)
    return await listed(
        work.connection,
        query,
        place,
        order=[participation.c.id],
        show=lambda row: _shown(work, dict(row._mapping)),
    )


async def show_participation(work: Work, participation_id: UUID) -> ParticipationShown:
    """One participation, taken back or not. Raises `NotFound` for another party's officer's."""
    await require_a_part_here(work)
    kept = await by_id(work, participation, participation_id)
    await _require_person_seen(work, kept["person_id"])
    return _shown(work, await required(work, _query().where(participation.c.id == kept["id"])))


async def _require_person_seen(work: Work, person_id: UUID) -> None:
    if not await may_see_person(work, await by_id(work, person, person_id)):
        raise NotFound


def _query() -> Select[Any]:
    return (
        select(
            participation,
            func.coalesce(activity.c.reference, participation.c.code).label("known_code"),
            func.coalesce(participation.c.held_on, activity.c.ends_on).label("last_day"),
            activity.c.names,
            history_import.c.file_name,
            history_import.c.digest,
            history_import.c.settled_at,
            history_import.c.settled_by,
        )
        .outerjoin(activity, activity.c.id == participation.c.activity_id)
        .outerjoin(history_import, history_import.c.id == participation.c.import_id)
    )


def _shown(work: Work, row: Stored) -> ParticipationShown:
    names = row["names"] or {}
    told = {
        "code": row["known_code"],
        "held_on": row["last_day"],
        "title": row["title"] or names.get("en") or next(iter(names.values()), None),
    }
    return ParticipationShown(**{**row, **told}, provenance=_provenance(work, row))


def _provenance(work: Work, row: Stored) -> Provenance | None:
    if row["import_id"] is None:
        return None
    return Provenance(
        import_id=row["import_id"],
        row=row["row"],
        file_name=row["file_name"] if sees_persons(work) else None,
        digest=row["digest"],
        imported_at=row["settled_at"],
        imported_by=row["settled_by"],
    )
