"""Who is written to for a party: holder and deputy of its channel, on the story's date."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.rights import channel, holds_today


async def focal_points(
    work: Work, project_id: UUID, parties: Collection[str]
) -> Mapping[str, Sequence[UUID]]:
    """By party: the holder of its channel, then the deputy, each once; nobody who was erased.

    Of several channels the one that began last goes first; a party without anybody is missing.
    """
    query = select(channel).where(
        channel.c.project_id == project_id,
        channel.c.party.in_(parties),
        holds_today(work, channel),
    )
    newest_first = query.order_by(channel.c.party, channel.c.from_on.desc(), channel.c.id)
    rows = (await work.connection.execute(newest_first)).all()
    erased = await work.erased(*(one for row in rows for one in _named(row)))
    found: dict[str, list[UUID]] = {}
    for row in rows:
        for person_id in _named(row):
            if person_id not in erased and person_id not in found.get(row.party, ()):
                found.setdefault(row.party, []).append(person_id)
    return found


def _named(row: Any) -> list[UUID]:
    return [one for one in (row.holder_id, row.deputy_id) if one]
