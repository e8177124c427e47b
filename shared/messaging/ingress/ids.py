"""What was answered to the id of a claim: the same again is answered the same, as long as the inbox
knows it."""

from typing import Any

from sqlalchemy import select

from shared.context import Work
from shared.contracts import Claim, Event
from shared.contracts.ingress import IngressAnswer, IngressEventRefused
from shared.database import insert_new
from shared.messaging.outbox import count
from shared.messaging.reactions import INGRESS
from shared.refusals import Refused
from shared.tables import inbox

from . import verdicts


async def answered_before(work: Work, claim: Claim[Event]) -> Any:
    """What is known of this id; None when it is new, and it is noted now."""
    taken = {**_key(claim), "digest": claim.digest, "taken_at": work.context.clock.machine()}
    if await insert_new(work.connection, inbox, [taken]):
        return None
    return await known_of(work, claim)


async def known_of(work: Work, claim: Claim[Event]) -> Any:
    """What is known of this id, if anything is; a new one is not noted. Nobody else is answered on
    it until the transaction ends."""
    query = select(inbox).filter_by(**_key(claim)).with_for_update()
    return (await work.connection.execute(query)).one_or_none()


async def note_answer(work: Work, claim: Claim[Event], answer: IngressAnswer) -> None:
    """Whoever sends it again is answered so."""
    mine = inbox.update().filter_by(**_key(claim))
    await work.connection.execute(mine.values(answer=verdicts.kept(answer)))


async def refuse_for_good(work: Work, claim: Claim[Event], refusal: Refused) -> IngressEventRefused:
    """What waited is not taken, nor when it is sent again; the answer to its sender."""
    answer = verdicts.refused_at_the_door(claim, refusal)
    known = await answered_before(work, claim)
    if known is None:
        await count(work, "taken-in", INGRESS, claim.type, 1)
    if known is None or known.digest == claim.digest:
        await note_answer(work, claim, answer)
    return answer


def _key(claim: Claim[Event]) -> dict[str, str]:
    return {"consumer": INGRESS, "source": claim.source, "event_id": claim.id}
