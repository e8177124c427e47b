"""Changes asked for: the one that waits for a decision, and how it ends."""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.contracts.registration import ChangeRequestDescribed

from ..bodies.nominations import OfficerNominated
from ..facts import change_request_described
from ..loading import Stored, first, several
from ..tables import change_request, person


async def open_request(work: Work, nomination_id: UUID) -> Stored | None:
    """The change of a nomination that waits for a decision."""
    mine = change_request.c.nomination_id == nomination_id
    return await first(work, select(change_request).where(mine, change_request.c.state == "open"))


def officer_asked_for(row: Stored) -> OfficerNominated | None:
    """Whom a request describes, while it waits for a decision."""
    said = row["officer"]
    return OfficerNominated.model_validate_json(json.dumps(said)) if said else None


async def settle_request(
    work: Work, row: Stored, state: str, reason: str | None = None
) -> ChangeRequestDescribed:
    """A request ends; the officer it described is known as a person by now, or not at all."""
    ended: dict[str, Any] = {
        "state": state,
        "officer": None,
        "decided_at": work.now,
        "decision_reason": reason,
        "version": row["version"] + 1,
    }
    mine = change_request.c.id == row["id"]
    await work.connection.execute(change_request.update().where(mine).values(**ended))
    return change_request_described({**row, **ended})


async def end_request(work: Work, nomination_id: UUID) -> list[ChangeRequestDescribed]:
    """Nothing of a nomination that ended is changed any more."""
    row = await open_request(work, nomination_id)
    return [await settle_request(work, row, "ended")] if row else []


async def end_requests(
    work: Work, call_id: UUID, nomination_ids: Collection[UUID]
) -> list[ChangeRequestDescribed]:
    """The same for many of one call."""
    of_call = (change_request.c.call_id == call_id) & (change_request.c.state == "open")
    rows = await several(work, select(change_request).where(of_call))
    ended = set(nomination_ids)
    return [
        await settle_request(work, row, "ended") for row in rows if row["nomination_id"] in ended
    ]


async def forget_requests(work: Work, person_id: UUID) -> list[ChangeRequestDescribed]:
    """The words about an erased officer go, and the requests that would put them forward."""
    theirs = change_request.c.person_id == person_id
    blank: dict[str, Any] = {"reason": None, "decision_reason": None, "officer": None}
    await work.connection.execute(change_request.update().where(theirs).values(**blank))
    known = await first(work, select(person).where(person.c.id == person_id))
    if known is None or known["officer_reference"] is None:
        return []
    of_party = (change_request.c.party == known["party"]) & (change_request.c.state == "open")
    waiting = await several(work, select(change_request).where(of_party))
    return [
        await settle_request(work, row, "ended")
        for row in waiting
        if (row["officer"] or {}).get("officer_reference") == known["officer_reference"]
    ]
