"""What other systems sent, and what became of it, for them to ask; never what it said.

An answer is kept as long as the inbox knows an id at least, and what waits for as long as it waits.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.contracts import Claim, Event, Fact
from shared.contracts.ingress import (
    IngressAnswer,
    IngressEventAccepted,
    IngressEventHeld,
    IngressEventRefused,
)
from shared.database import insert_new
from shared.messaging.ingress.letters import officer_in
from shared.outsiders import officer_meant_by
from shared.purging import KEPT

from .loading import Stored, first
from .tables import person, received_event

STATES: dict[type[IngressAnswer], str] = {
    IngressEventAccepted: "accepted",
    IngressEventHeld: "held",
    IngressEventRefused: "refused",
}


async def note_claim(work: Work, claim: Claim[Event]) -> None:
    """An event came in that can be read."""
    reference = officer_in(claim.event.model_dump())
    meant = await officer_meant_by(work, claim.outsider, reference) if reference else None
    erased = await _erased(work, {meant})
    known = None if meant in erased else meant
    await note_received(work, claim.outsider, claim.id, claim.type, person_id=known)


async def note_received(
    work: Work, outsider: str, subject: str, event_type: str, *, person_id: UUID | None = None
) -> None:
    """Something came in; if it came before, its fate is open once more."""
    await _be_there(work, outsider, subject, event_type)
    mine = received_event.update().filter_by(outsider=outsider, subject=subject)
    await work.connection.execute(
        mine.values(
            event_type=event_type,
            state="received",
            faults=[],
            made_id=None,
            received_at=work.now,
            answered_at=None,
            answered_by=None,
            sequence=0,
            person_id=person_id,
            kept_until=None,
        )
    )


async def keep_answers(work: Work, facts: Sequence[Fact[IngressAnswer]]) -> None:
    """Newest: what the owner of each type has answered; nothing about who was erased."""
    erased = await _erased(work, {fact.event.person_id for fact in facts})
    for fact in sorted(facts, key=lambda fact: fact.partitionkey):
        said = fact.event
        if said.person_id in erased:
            continue
        await _be_there(work, said.outsider, said.subject, said.event_type)
        mine = {"outsider": said.outsider, "subject": said.subject}
        kept = await first(work, select(received_event).filter_by(**mine).with_for_update())
        if kept is not None and _is_newer(fact, kept):
            change = received_event.update().filter_by(**mine)
            await work.connection.execute(change.values(**_answered(work, fact, kept)))
        else:
            work.stale += 1


async def forget_received(work: Work, person_id: UUID) -> None:
    """Nothing is told any more of what was said about a person."""
    theirs = received_event.delete().where(received_event.c.person_id == person_id)
    await work.connection.execute(theirs)


async def _erased(work: Work, person_ids: Collection[UUID | None]) -> set[UUID]:
    """Which of them were erased; nobody else is until the transaction ends."""
    named = [one for one in person_ids if one]
    if not named:
        return set()
    theirs = select(person.c.id).where(person.c.id.in_(named)).order_by(person.c.id)
    await work.connection.execute(theirs.with_for_update(read=True, key_share=True))
    return await work.erased(*named)


def _is_newer(fact: Fact[Any], kept: Stored) -> bool:
    """Each service counts its own answers; between two services, the time decides."""
    if kept["answered_by"] in (None, fact.source):
        return bool(fact.sequence > kept["sequence"])
    return bool(fact.time >= kept["answered_at"])


def _answered(work: Work, fact: Fact[IngressAnswer], kept: Stored) -> dict[str, Any]:
    said = fact.event
    waits = isinstance(said, IngressEventHeld)
    return {
        "person_id": said.person_id or kept["person_id"],
        "kept_until": None if waits else work.context.clock.machine() + KEPT,
        "event_type": said.event_type,
        "state": STATES[type(said)],
        "faults": [one.model_dump() for one in getattr(said, "faults", ())],
        "made_id": getattr(said, "id", None),
        "answered_at": fact.time,
        "answered_by": fact.source,
        "sequence": fact.sequence,
    }


async def _be_there(work: Work, outsider: str, subject: str, event_type: str) -> None:
    fresh = {
        "outsider": outsider,
        "subject": subject,
        "event_type": event_type,
        "state": "received",
        "faults": [],
        "received_at": work.now,
        "sequence": 0,
    }
    await insert_new(work.connection, received_event, [fresh])
