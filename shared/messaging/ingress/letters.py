"""A claim while it waits: for the relay, for a fact, or for a person who says whom it means.

It is kept as the CloudEvent it is, with its sender and where they wait for the answer beside.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import ColumnElement

from shared.context import Work
from shared.contracts import EXTERNAL, Claim, Event, decode_external
from shared.contracts.schemas import schema_of
from shared.database import insert_new
from shared.ids import new_id
from shared.messaging.deferred import FIRST_DELAY
from shared.messaging.held import awaiting
from shared.messaging.reactions import INGRESS
from shared.refusals import Refused
from shared.tables import deferred, outbox

from .reading import spelled

NOBODY = ""
"""The source of what came in of no system we know."""
SHOWN = ("id", "type", "time", "outsider")
"""What of the envelope a listing may show."""


def kept_body(claim: Claim[Event]) -> bytes:
    """A claim as it is kept."""
    received_at = claim.received_at.isoformat() if claim.received_at else None
    beside = {"outsider": claim.outsider, "replyto": claim.reply_to, "receivedat": received_at}
    return spelled({**json.loads(claim.body), **beside})


def restored(body: bytes) -> Claim[Event] | None:
    """The claim that was kept, unless its contract no longer reads it."""
    document = json.loads(body)
    contract = EXTERNAL.get(document.get("type"))
    try:
        claim = decode_external(body, contract) if contract else None
    except ValidationError:
        return None
    if claim is None:
        return None
    return replace(
        claim,
        outsider=document["outsider"],
        reply_to=document["replyto"],
        received_at=_moment(document.get("receivedat")),
    )


def _moment(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def letter_of(claim: Claim[Event]) -> dict[str, Any]:
    """A claim as a row of what was set aside."""
    return {
        "source": claim.source,
        "event_id": claim.id,
        "type": claim.type,
        "person_id": None,
        "body": kept_body(claim),
        "digest": claim.digest,
    }


async def send_on(work: Work, claim: Claim[Event]) -> None:
    """Have the relay carry a claim to the service that owns it. It is no fact of ours, and in no
    account of them."""
    await work.connection.execute(
        outbox.insert().values(
            event_id=new_id(),
            type=claim.type,
            person_id=None,
            body=kept_body(claim),
            staged_at=work.context.clock.machine(),
        )
    )
    work.has_outgoing = True


async def hold(work: Work, claim: Claim[Event], held: Refused, awaits: Collection[str]) -> None:
    """Keep a claim until what it awaits is there; time does not try it again."""
    now = work.context.clock.machine()
    state = {
        "state": "held",
        "reason": held.code(),
        "error": ", ".join(one.path for one in held.faults),
        "attempt": 1,
        "due_at": now + FIRST_DELAY,
        "awaits": awaiting(awaits),
    }
    row = {"id": new_id(), "consumer": INGRESS, **letter_of(claim), **state, "first_at": now}
    if not await insert_new(work.connection, deferred, [row]):
        await work.connection.execute(deferred.update().where(_is(claim)).values(**state))


async def forget(work: Work, claim: Claim[Event]) -> bool:
    """A claim was decided: it waits no more. Whether it did."""
    gone = deferred.delete().where(_is(claim)).returning(deferred.c.id)
    return (await work.connection.execute(gone)).first() is not None


def officer_in(data: Mapping[str, Any]) -> str | None:
    """How the sender calls the officer whom the data of a claim is about."""
    officer = data.get("officer")
    named = officer.get("reference") if isinstance(officer, Mapping) else officer
    return named if isinstance(named, str) else None


def shown_claim(document: Mapping[str, Any]) -> dict[str, Any] | None:
    """A kept claim as a listing may show it: personal fields blanked, unknown ones left out."""
    contract = EXTERNAL.get(str(document.get("type")))
    if contract is None:
        return None
    envelope = {name: document.get(name) for name in SHOWN}
    return {**envelope, "data": _blanked(document.get("data"), schema_of(contract))}


def _blanked(value: Any, schema: Mapping[str, Any]) -> Any:
    if schema.get("personal"):
        return None
    for option in schema.get("anyOf", ()):
        if option.get("type") in ("object", "array"):
            return _blanked(value, option)
    if isinstance(value, list):
        return [_blanked(one, schema.get("items", {})) for one in value]
    if isinstance(value, dict):
        known = schema.get("properties", {})
        return {name: _blanked(value[name], known[name]) for name in known if name in value}
    return value


def _is(claim: Claim[Event]) -> ColumnElement[bool]:
    return (
        (deferred.c.consumer == INGRESS)
        & (deferred.c.source == claim.source)
        & (deferred.c.event_id == claim.id)
        & (deferred.c.digest == claim.digest)
    )
