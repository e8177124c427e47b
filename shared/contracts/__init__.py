"""The published language: one module per publisher; imports nothing but pydantic."""

from types import MappingProxyType

from shared.contracts import ingress, notifications, registration, reporting, scheduling
from shared.contracts.envelope import Envelope, Fact, decode, encode
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

__all__ = ["CONTRACTS", "PUBLISHERS", "Envelope", "Event", "Fact", "decode", "encode"]
