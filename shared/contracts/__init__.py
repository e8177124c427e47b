"""The published language: a module or package per publisher; imports nothing but pydantic."""

from types import MappingProxyType

from shared.contracts import external, ingress, notifications, registration, reporting, scheduling
from shared.contracts.envelope import Claim, Envelope, Fact, decode, decode_external, encode
from shared.contracts.event import Event

PUBLISHERS = MappingProxyType(
    {
        "registration": registration.EVENTS,
        "scheduling": scheduling.EVENTS,
        "notifications": notifications.EVENTS,
        "reporting": reporting.EVENTS,
        "ingress": ingress.EVENTS,
    }
)
"""Who publishes which event types; `ingress` is the service that owns what was sent."""

CONTRACTS = MappingProxyType(
    {event.type: event for events in PUBLISHERS.values() for event in events}
)
"""Every event type of the platform by its name."""
EXTERNAL = external.EXTERNAL
"""Every type that other systems send, by its name: claims, until their owner accepts them."""
LANGUAGE = MappingProxyType({**CONTRACTS, **EXTERNAL})
"""The whole published language: what the services say, and what is said to them."""

__all__ = [
    "CONTRACTS",
    "EXTERNAL",
    "LANGUAGE",
    "PUBLISHERS",
    "Claim",
    "Envelope",
    "Event",
    "Fact",
    "decode",
    "decode_external",
    "encode",
]
