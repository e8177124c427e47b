"""The focal points of the parties of a project, and its partners, on the story's date."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Table, or_, select
from sqlalchemy.sql import ColumnElement

from shared.context import Work
from shared.rights import channel

from .tables import partner


async def focal_points(
    work: Work, project_id: UUID, codes: Collection[str]
) -> Mapping[str, Sequence[UUID]]:
    """By party: the holder of its channel, then the deputy, each once; nobody who was erased."""
    query = select(channel).where(
        channel.c.project_id == project_id, channel.c.party.in_(codes), _on(channel, work)
    )
    newest_first = query.order_by(channel.c.party, channel.c.from_on.desc(), channel.c.id)
    rows = (await work.connection.execute(newest_first)).all()
    erased = await work.erased(*(one for row in rows for one in _named(row)))
    found: dict[str, list[UUID]] = {}
    for row in rows:
        for person_id in _named(row):
            persons = found.setdefault(row.party, [])
            if person_id not in persons and person_id not in erased:
                persons.append(person_id)
    return found


async def partners_today(work: Work, project_id: UUID) -> frozenset[str]:
    """The parties that take part in a project."""
    query = select(partner.c.party).where(partner.c.project_id == project_id, _on(partner, work))
    return frozenset(row.party for row in await work.connection.execute(query))


def _named(row: Any) -> list[UUID]:
    return [one for one in (row.holder_id, row.deputy_id) if one]


def _on(table: Table, work: Work) -> ColumnElement[bool]:
    today: date = work.now.date()
    columns: Any = table.c
    started: ColumnElement[bool] = columns.from_on <= today
    return started & or_(columns.until_on.is_(None), columns.until_on >= today)
