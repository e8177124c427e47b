"""Facts stated anew: the type under which the present state of an aggregate is announced."""

from shared.contracts import CONTRACTS
from shared.contracts.event import Event

STATED = tuple(event_type for event_type in CONTRACTS.values() if event_type.stated)


def stated_as(event_type: type[Event]) -> type[Event] | None:
    """The type that states anew what this one tells; none where nobody announces it."""
    for stated in STATED:
        if issubclass(event_type, stated.__bases__[0]):
            return stated
    return None


def kind_of(stated: type[Event]) -> str:
    """What a stated type is asked for by: `party` of `registration.party.stated.v1`."""
    return stated.type.split(".")[1]
