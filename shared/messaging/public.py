"""What goes to other systems: public facts to those who may read them, and answers to who asked."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts import CONTRACTS, Event
from shared.contracts.event import secret_fields
from shared.contracts.ingress import IngressAnswer
from shared.messaging.reply_to import is_reply_address
from shared.messaging.transport import Exchange, Message
from shared.outsiders import active_outsiders

Audience = Mapping[str, frozenset[str]]
"""By event type: the parties for which some system reads it now."""


async def audience_of(connection: AsyncConnection) -> Audience:
    """Who reads what now; empty where no system takes part."""
    readers: dict[str, frozenset[str]] = {}
    for system in await active_outsiders(connection):
        for event_type in system.receives:
            readers[event_type] = readers.get(event_type, frozenset()) | system.parties
    return readers


def outward(rows: Sequence[Any], audience: Audience) -> Iterator[tuple[int, Message]]:
    """The messages to other systems that rows of the outbox cause, each with its row's position.

    Facts travel one by one, and only where somebody reads the type for the party; an answer goes
    to the queue of who asked.
    """
    for row in rows:
        contract = CONTRACTS.get(row.type)
        if contract and issubclass(contract, IngressAnswer):
            answer = json.loads(row.body)
            yield row.position, _message(answer, contract, answer["data"]["outsider"])
        elif contract and contract.public and row.type in audience:
            fact = json.loads(row.body)
            if fact.get("party") in audience[row.type]:
                yield row.position, _message(fact, contract, fact["party"])


def replies(rows: Sequence[Any]) -> Iterator[Sequence[Message]]:
    """By sender: the answers to where it waits for them beside its queue. It wrote these addresses
    itself, so that nobody else's messages travel beside them, and none of them is sent again."""
    by_sender: dict[str, list[Message]] = {}
    for row in rows:
        contract = CONTRACTS.get(row.type)
        if contract and issubclass(contract, IngressAnswer):
            answer = json.loads(row.body)
            reply_to = answer["data"].get("reply_to") or ""
            if is_reply_address(reply_to):
                reply = _message(answer, contract, reply_to, Exchange.REPLY)
                by_sender.setdefault(answer["data"]["outsider"], []).append(reply)
    yield from by_sender.values()


def without_secrets(envelope: dict[str, Any], contract: type[Event]) -> dict[str, Any]:
    """An envelope as other systems may read it."""
    secrets = set(secret_fields(contract))
    said = {name: value for name, value in envelope["data"].items() if name not in secrets}
    return {**envelope, "data": said}


def _message(
    envelope: dict[str, Any],
    contract: type[Event],
    address: str,
    exchange: Exchange = Exchange.PUBLIC,
) -> Message:
    said = without_secrets(envelope, contract)
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return Message(contract.type, body, exchange, address)
