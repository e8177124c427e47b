"""What other systems sent, and what became of it, for them to ask; never what it said."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from shared.context import Work
from shared.contracts import Fact
from shared.contracts.ingress import (
    IngressAnswer,
    IngressEventAccepted,
    IngressEventHeld,
    IngressEventRefused,
)
from shared.database import insert_new

from .loading import Stored, first
from .tables import received_event

STATES: dict[type[IngressAnswer], str] = {
    IngressEventAccepted: "accepted",
    IngressEventHeld: "held",
    IngressEventRefused: "refused",
}


async def note_received(work: Work, outsider: str, subject: str, event_type: str) -> None:
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
        )
    )


async def keep_answers(work: Work, facts: Sequence[Fact[IngressAnswer]]) -> None:
    """Newest: what the owner of each type has answered."""
    for fact in sorted(facts, key=lambda fact: fact.partitionkey):
        said = fact.event
        await _be_there(work, said.outsider, said.subject, said.event_type)
        mine = {"outsider": said.outsider, "subject": said.subject}
        kept = await first(work, select(received_event).filter_by(**mine).with_for_update())
        if kept is not None and _is_newer(fact, kept):
            change = received_event.update().filter_by(**mine)
            await work.connection.execute(change.values(**_answered(fact)))
        else:
            work.stale += 1


def _is_newer(fact: Fact[Any], kept: Stored) -> bool:
    """Each service counts its own answers; between two services, the time decides."""
    if kept["answered_by"] in (None, fact.source):
        return bool(fact.sequence > kept["sequence"])
    return bool(fact.time >= kept["answered_at"])


def _answered(fact: Fact[IngressAnswer]) -> dict[str, Any]:
    said = fact.event
    return {
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
