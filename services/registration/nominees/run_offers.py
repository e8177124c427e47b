"""Other runs offered: the one that waits for an answer, and how it ends."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.contracts.registration import OtherRunDescribed
from shared.jobs import cancel

from ..facts import other_run_described
from ..loading import Stored, first, several
from ..tables import run_offer

LAPSE = "lapse_run_offer"


async def open_run_offer(work: Work, nomination_id: UUID) -> Stored | None:
    """The other run of a nomination that waits for an answer."""
    mine = run_offer.c.nomination_id == nomination_id
    return await first(work, select(run_offer).where(mine, run_offer.c.state == "open"))


async def settle_run_offer(
    work: Work, row: Stored, state: str, made: UUID | None = None
) -> OtherRunDescribed:
    """An offer is answered or ends; once not open it never is again."""
    ended: dict[str, Any] = {
        "state": state,
        "answered_at": work.now,
        "made_nomination_id": made,
    }
    mine = run_offer.c.id == row["id"]
    await work.connection.execute(run_offer.update().where(mine).values(**ended))
    if state != "expired":
        await cancel(work, LAPSE, str(row["id"]))
    return other_run_described({**row, **ended})


async def end_run_offer(work: Work, nomination_id: UUID) -> list[OtherRunDescribed]:
    """Who takes the nomination back wants no other run."""
    row = await open_run_offer(work, nomination_id)
    return [await settle_run_offer(work, row, "ended")] if row else []


async def end_run_offers(work: Work, person_id: UUID) -> list[OtherRunDescribed]:
    """Nothing is offered any more to an officer."""
    theirs = (run_offer.c.person_id == person_id) & (run_offer.c.state == "open")
    rows = await several(work, select(run_offer).where(theirs))
    return [await settle_run_offer(work, row, "ended") for row in rows]
