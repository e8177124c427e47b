"""Answers to other systems: as events for their sender, and as kept to be given again."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from shared.contracts import Claim, Event
from shared.contracts.ingress import (
    IngressAnswer,
    IngressEventAccepted,
    IngressEventHeld,
    IngressEventRefused,
    IngressFault,
)
from shared.refusals import Refused

from .reading import Unreadable, told


def accepted(claim: Claim[Event], events: Sequence[Event]) -> IngressEventAccepted:
    """It had its effect. What it made or changed is what the last of its events is about."""
    made = getattr(events[-1], events[-1].aggregate) if events else None
    return IngressEventAccepted(**_about(claim), id=made if isinstance(made, UUID) else None)


def refused(claim: Claim[Event], refusal: Refused) -> IngressEventRefused:
    """It was not taken; what the refusal names stands in the event's data."""
    return IngressEventRefused(**_about(claim), faults=told(refusal, "data"))


def refused_at_the_door(claim: Claim[Event], refusal: Refused) -> IngressEventRefused:
    """It was not taken, for what its envelope or its sender is."""
    return IngressEventRefused(**_about(claim), faults=told(refusal))


def held(claim: Claim[Event], refusal: Refused) -> IngressEventHeld:
    """It waits for a person here."""
    return IngressEventHeld(**_about(claim), faults=told(refusal, "data"))


def unreadable(read: Unreadable) -> IngressEventRefused:
    """It is no event that could be taken."""
    return IngressEventRefused(
        outsider=read.outsider,
        subject=read.subject,
        event_type=read.event_type,
        reply_to=read.reply_to,
        faults=read.faults,
    )


def kept(answer: IngressAnswer) -> dict[str, Any]:
    """An answer as it is kept beside the id it answers."""
    match answer:
        case IngressEventAccepted():
            return {"verdict": "accepted", "id": str(answer.id) if answer.id else None}
        case IngressEventHeld():
            return {"verdict": "held", "faults": _plain(answer.faults)}
        case IngressEventRefused():
            return {"verdict": "refused", "faults": _plain(answer.faults)}
    raise TypeError(answer.type)


def again(claim: Claim[Event], answer: Mapping[str, Any]) -> IngressAnswer:
    """The answer that was given before to the same."""
    about = _about(claim)
    if answer["verdict"] == "accepted":
        made = answer["id"]
        return IngressEventAccepted(**about, repeated=True, id=UUID(made) if made else None)
    faults = tuple(IngressFault(**fault) for fault in answer["faults"])
    if answer["verdict"] == "held":
        return IngressEventHeld(**about, faults=faults)
    return IngressEventRefused(**about, faults=faults)


def _plain(faults: Sequence[IngressFault]) -> list[dict[str, Any]]:
    return [fault.model_dump() for fault in faults]


def _about(claim: Claim[Event]) -> dict[str, Any]:
    return {
        "outsider": claim.outsider,
        "subject": claim.id,
        "event_type": claim.type,
        "reply_to": claim.reply_to,
    }
