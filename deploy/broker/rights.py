"""What each service may do in the broker: its own queues, its own types, what it listens to.

Patterns as RabbitMQ reads them: configure, write and read match the name of a queue or exchange; on
a topic exchange, write also matches the routing key that is sent, and read the one that is bound.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shared.contracts import PUBLISHERS
from shared.contracts.external import OWNERS
from shared.contracts.listeners import LISTENERS
from shared.messaging.rabbit.exchanges import DEAD_LETTERS, EXCHANGES, RECEPTION, UNOWNED
from shared.messaging.rabbit.topology import Binding, bindings_of, dead_letters_of, queue_of
from shared.messaging.transport import Exchange

NOTHING = "^$"
CODE = "[a-z][a-z0-9-]{1,18}[a-z0-9]"
"""The code of an outsider."""
PARTY = "[A-Z0-9][A-Z0-9-]{0,18}[A-Z0-9]"
DEFAULT_EXCHANGE = "amq.default"
"""What rights call the exchange without a name, by which answers reach whoever waits for them."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What a user may do in a virtual host; `topics`: (write, read) for each topic exchange."""

    configure: str
    write: str
    read: str
    topics: Mapping[str, tuple[str, str]]


def rights_of(service: str) -> Rights:
    """What a service needs, and no more: its own part of the contracts and of the reactions.

    It may write to the exchange of dead letters, as its queue names it; to the default exchange
    when it answers outsiders, who may be waiting there.
    """
    own = {queue_of(service), dead_letters_of(service)}
    topics = _topics(service)
    sends = {name for name, (write, _) in topics.items() if write != NOTHING}
    binds = {name for name, (_, read) in topics.items() if read != NOTHING}
    answers = {DEFAULT_EXCHANGE} if _owned_by(service) else set[str]()
    unowned = {UNOWNED} if service == RECEPTION else set[str]()
    return Rights(
        configure=_any_of(own),
        write=_any_of(own | sends | answers),
        read=_any_of(own | binds | unowned),
        topics=topics,
    )


def bindings_allowed(service: str) -> frozenset[Binding]:
    """What the queue of a service may be bound to: what it listens to, and what it answers."""
    return bindings_of((*LISTENERS[service], *_owned_by(service)))


def _topics(service: str) -> Mapping[str, tuple[str, str]]:
    """Every topic exchange is named, since one that is not would be open."""
    sent = _sent_by(service)
    bound = bindings_allowed(service)
    return {
        name: (
            sent.get(name, NOTHING),
            _any_of(one.routing_key for one in bound if one.exchange == name),
        )
        for name, described in EXCHANGES.items()
        if described.kind == "topic" and name != DEAD_LETTERS
    } | {DEAD_LETTERS: (_any_of([service]), _any_of([service]))}


def _sent_by(service: str) -> Mapping[str, str]:
    """By exchange, the routing keys that a service may send."""
    own = PUBLISHERS[service]
    private = [event.type for event in own if event.private]
    to_outsiders = _followed_by(PARTY, [event.type for event in own if event.public])
    publishers = [service]
    if _owned_by(service):
        publishers.append("ingress")
        to_outsiders += _followed_by(CODE, [event.type for event in PUBLISHERS["ingress"]])
    return {
        Exchange.INTERNAL.value: rf"^({'|'.join(publishers)})\.",
        Exchange.PRIVATE.value: _any_of(private),
        Exchange.PUBLIC.value: _whole(to_outsiders),
        Exchange.INGRESS.value: rf"\.{CODE}$" if service == RECEPTION else NOTHING,
    }


def _followed_by(address: str, types: Iterable[str]) -> list[str]:
    """The routing keys of these types with an address behind them."""
    listed = "|".join(re.escape(event_type) for event_type in types)
    return [rf"({listed})\.{address}"] if listed else []


def _owned_by(service: str) -> tuple[str, ...]:
    return tuple(event_type for event_type, owner in OWNERS.items() if owner == service)


def _any_of(names: Iterable[str]) -> str:
    return _whole(re.escape(name) for name in sorted(names))


def _whole(patterns: Iterable[str]) -> str:
    listed = "|".join(patterns)
    return f"^({listed})$" if listed else NOTHING
