"""Sealed details of officers: kept, opened, and deleted."""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from shared.context import Work
from shared.sealing import Seals

from ..bodies.follow_ups import FillFollowUp
from ..loading import Stored, first
from ..tables import follow_up, follow_up_answer, visa_letter
from .visa_letters import SEAT_ENDED, void_letters

PURPOSE = "follow-up"


async def keep_details(work: Work, row: Stored, told: FillFollowUp) -> None:
    """Seal the details of one officer, in place of what was there."""
    identity: UUID = row["nomination_id"]
    sealed = _seals(work).seal(identity, told.model_dump_json(exclude_none=True).encode())
    await delete_details(work, follow_up_answer.c.nomination_id == identity)
    kept = {name: row[name] for name in ("nomination_id", "call_id", "person_id")}
    await work.connection.execute(follow_up_answer.insert().values(**kept, sealed=sealed))


async def details_of(work: Work, nomination_id: UUID) -> FillFollowUp | None:
    """What is kept of one officer, if anything still is. Raises `SealDoesNotOpen`."""
    mine = follow_up_answer.c.nomination_id == nomination_id
    found = await first(work, select(follow_up_answer.c.sealed).where(mine))
    if found is None:
        return None
    told: dict[str, Any] = json.loads(_seals(work).open(nomination_id, found["sealed"]))
    return FillFollowUp.model_validate_json(json.dumps(told))


async def delete_details(work: Work, which: ColumnElement[bool]) -> None:
    """Keep nothing of these officers."""
    await work.connection.execute(follow_up_answer.delete().where(which))


async def end_follow_ups(work: Work, nomination_ids: Collection[UUID]) -> None:
    """Who has no seat any more is asked for nothing, nothing is kept of what was told, and a
    letter of invitation is void."""
    theirs = follow_up.c.nomination_id.in_(nomination_ids)
    ended = {"state": "ended", "version": follow_up.c.version + 1}
    await work.connection.execute(follow_up.update().where(theirs).values(**ended))
    await delete_details(work, follow_up_answer.c.nomination_id.in_(nomination_ids))
    await void_letters(work, visa_letter.c.nomination_id.in_(nomination_ids), SEAT_ENDED)


def _seals(work: Work) -> Seals:
    return work.links.seals(PURPOSE)
