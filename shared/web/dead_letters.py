"""Events set aside, as those who run a service see them: listed, looked at, replayed, discarded;
secrets blanked, nothing personal."""

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi.responses import Response
from pydantic import BaseModel
from sqlalchemy import select

from shared.context import Audited, Outcome, Work
from shared.contracts import CONTRACTS, EXTERNAL
from shared.contracts.event import secret_fields
from shared.messaging.held import discard, replay
from shared.messaging.ingress.letters import shown_claim
from shared.messaging.ingress.receiving import refuse_discarded
from shared.messaging.reactions import INGRESS
from shared.refusals import NotFound
from shared.rights import require_role
from shared.tables import deferred
from shared.web.api import router
from shared.web.asked import Asked, AskedBy
from shared.web.json_gate import read_json
from shared.web.lists import Listed, Paged, listed


class Letter(BaseModel):
    """An event set aside; its body only where one is looked at, with secrets blanked."""

    id: UUID
    consumer: str
    source: str
    event_id: str
    type: str
    state: str
    reason: str
    error: str
    attempt: int
    first_at: datetime
    body: Any = None


routes = router()


@routes.get("/deadletters", tags=["operations"])
async def letters(asked: AskedBy, place: Paged) -> Listed[Letter]:
    """Events set aside: parked, held for a person, and waiting ones too (admin)."""

    async def read(work: Work) -> Listed[Letter]:
        await require_role(work, "admin")
        return await listed(
            work.connection,
            select(deferred),
            place,
            order=[deferred.c.id],
            show=lambda row: Letter(**{**row._mapping, "body": None}),
        )

    return await asked.read(read)


@routes.get("/deadletters/{letter_id}", tags=["operations"])
async def letter(asked: AskedBy, letter_id: UUID) -> Letter:
    """One event set aside; secrets and personal data are blanked (admin)."""

    async def read(work: Work) -> Letter:
        await require_role(work, "admin")
        query = select(deferred).where(deferred.c.id == letter_id)
        row = (await work.connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound
        return Letter(**{**row._mapping, "body": _shown_body(row.type, row.body)})

    return await asked.read(read)


@routes.post("/deadletters/{letter_id}/replay", tags=["operations"])
async def replay_one(asked: AskedBy, letter_id: UUID) -> Response:
    """Have an event that waits for a person tried again (admin)."""
    return await _decide(asked, letter_id, "replay-dead-letter")


@routes.post("/deadletters/{letter_id}/discard", tags=["operations"])
async def discard_one(asked: AskedBy, letter_id: UUID) -> Response:
    """Throw an event away that waits for a person; another system is told so (admin)."""
    return await _decide(asked, letter_id, "discard-dead-letter")


async def _decide(asked: Asked, letter_id: UUID, action: str) -> Response:
    async def decide(work: Work) -> Outcome:
        await require_role(work, "admin")
        if action == "replay-dead-letter":
            if not await replay(work.connection, letter_id, work.context.clock.machine()):
                raise NotFound
            return None
        thrown = await discard(work.connection, letter_id)
        if thrown is None:
            raise NotFound
        if thrown.consumer != INGRESS:
            return None
        return await refuse_discarded(work, thrown.source, thrown.body)

    return await asked.perform(decide, audited=Audited(action, f"dead-letter/{letter_id}"))


def _shown_body(event_type: str, body: bytes) -> Any:
    """A body as a listing may show it: secrets blanked, private data left out altogether."""
    contract = CONTRACTS.get(event_type)
    try:
        document = read_json(body)
    except Exception:
        return None
    if event_type in EXTERNAL and isinstance(document, dict):
        return shown_claim(document)
    if contract is None or not isinstance(document, dict):
        return None
    data = document.get("data")
    if contract.private:
        document["data"] = None
    elif isinstance(data, dict):
        blanked = dict.fromkeys(set(secret_fields(contract)) & set(data))
        document["data"] = {**data, **blanked}
    return document
