"""The reaction map of a service: which handler each event type meets, and in which shape."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from shared.context import Outcome
from shared.contracts import CONTRACTS, Claim, Event, Fact
from shared.contracts.stated import stated_as

Shape = Literal["newest", "each", "pack", "external"]
FactsHandler = Callable[[Any, Sequence[Fact[Any]]], Awaitable[Outcome]]
FactHandler = Callable[[Any, Fact[Any]], Awaitable[Outcome]]
ClaimHandler = Callable[[Any, Claim[Any]], Awaitable[Outcome]]
INGRESS = "ingress"
"""The consumer, in every service, of what other systems send."""


class TwoHandlersForOneEvent(Exception):
    """A consumer has one handler for an event type; another consumer may have its own."""


class StatedIsReadAsNewest(Exception):
    """What is stated anew happened before: it is state to keep, and has no effect of its own."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """One event type meets one handler of one consumer."""

    event_type: type[Event]
    shape: Shape
    handler: Callable[..., Awaitable[Outcome]]
    consumer: str | None = None


def newest(
    event_types: type[Event] | Sequence[type[Event]],
    handler: FactsHandler,
    *,
    consumer: str | None = None,
) -> list[Reaction]:
    """Keep the newest state: the handler gets at most one fact per aggregate, and writes it only
    where its sequence is higher than the one kept. What is stated anew is taken as well."""
    told = _several(event_types)
    again = [stated for one in told if (stated := stated_as(one))]
    return [Reaction(one, "newest", handler, consumer) for one in dict.fromkeys((*told, *again))]


def each(
    event_types: type[Event] | Sequence[type[Event]],
    handler: FactHandler,
    *,
    consumer: str | None = None,
) -> list[Reaction]:
    """Every event has its own effect, in any order: the handler gets one fact at a time."""
    return [Reaction(one, "each", handler, consumer) for one in _happening(event_types)]


def pack(
    event_types: type[Event] | Sequence[type[Event]],
    handler: FactsHandler,
    *,
    consumer: str | None = None,
) -> list[Reaction]:
    """Every event has its own effect, and the handler takes all of a message at once."""
    return [Reaction(one, "pack", handler, consumer) for one in _happening(event_types)]


def external(event_type: type[Event], handler: ClaimHandler) -> list[Reaction]:
    """What another system says: carried out once, and answered to its sender. The handler returns
    the events it causes, or a refusal: `HeldForPerson` waits for a person."""
    return [Reaction(event_type, "external", handler, INGRESS)]


class Reactions:
    """All reactions of one service, found by event type."""

    def __init__(self, service: str, reactions: Iterable[Sequence[Reaction]]) -> None:
        by_type: dict[str, dict[str, Reaction]] = {}
        for reaction in (one for several in reactions for one in several):
            consumers = by_type.setdefault(reaction.event_type.type, {})
            consumer = reaction.consumer or service
            if consumer in consumers:
                raise TwoHandlersForOneEvent(f"{consumer}: {reaction.event_type.type}")
            consumers[consumer] = reaction
        self._by_type: Mapping[str, Mapping[str, Reaction]] = by_type

    @property
    def types(self) -> frozenset[str]:
        """The event types this service listens to."""
        return frozenset(self._by_type)

    def by_consumer(self) -> Mapping[str, frozenset[str]]:
        """Which of the platform's own event types each consumer listens to."""
        found: dict[str, set[str]] = {}
        for event_type, consumers in self._by_type.items():
            for consumer in consumers:
                if event_type in CONTRACTS:
                    found.setdefault(consumer, set()).add(event_type)
        return {consumer: frozenset(types) for consumer, types in found.items()}

    def to(self, event_type: str) -> Mapping[str, Reaction]:
        """The reactions to an event type, by consumer."""
        return self._by_type.get(event_type, {})


def _happening(event_types: type[Event] | Sequence[type[Event]]) -> Sequence[type[Event]]:
    for one in _several(event_types):
        if one.stated:
            raise StatedIsReadAsNewest(one.type)
    return _several(event_types)


def _several(event_types: type[Event] | Sequence[type[Event]]) -> Sequence[type[Event]]:
    return [event_types] if isinstance(event_types, type) else event_types
