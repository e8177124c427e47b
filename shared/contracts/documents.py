"""The AsyncAPI 3 document of all events, made from the contracts; who listens is told to it."""

from collections.abc import Collection, Mapping
from typing import Any

from shared.contracts import CONTRACTS, EXTERNAL, PUBLISHERS, Envelope, Event
from shared.contracts.external import OWNERS
from shared.contracts.external_documents import external_channels, external_operations
from shared.contracts.external_documents import external_messages as sent_messages
from shared.contracts.schemas import data_of, enveloped, example_of

Listeners = Mapping[str, Collection[str]]
"""By service: the event types it listens to."""
INTERNAL, PRIVATE, INGRESS = "events.internal", "events.private", "ingress"
BATCH = "application/cloudevents-batch+json"
EVENTS_IN_A_BATCH = 50


def asyncapi(listeners: Listeners, *, version: str = "1") -> dict[str, Any]:
    """One channel per type on its exchange; its publisher sends, who listens receives. What other
    systems send has channels of its own, and one on which each of them is answered."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Cadre events",
            "version": version,
            "description": _ABOUT,
            "tags": [{"name": name, "description": _what_of(name)} for name in PUBLISHERS],
        },
        "defaultContentType": BATCH,
        "channels": {
            **{name: _channel(event_type) for name, event_type in CONTRACTS.items()},
            **external_channels(),
        },
        "operations": {**_operations(listeners), **external_operations()},
        "components": {
            "messages": {
                **{name: _message(event_type) for name, event_type in CONTRACTS.items()},
                **sent_messages(),
            },
            "schemas": {
                name: data_of(event_type) for name, event_type in {**CONTRACTS, **EXTERNAL}.items()
            },
        },
    }


def exchange_of(event_type: type[Event]) -> str:
    """Where the type travels: what is private, and what comes from outside, travels apart."""
    if event_type.type in EXTERNAL:
        return INGRESS
    return PRIVATE if event_type.private else INTERNAL


def listening_to(event_type: type[Event], listeners: Listeners) -> list[str]:
    """The services that listen to a type; what comes from outside, its owner alone."""
    if event_type.type in OWNERS:
        return [OWNERS[event_type.type]]
    return sorted(name for name, types in listeners.items() if event_type.type in types)


def _channel(event_type: type[Event]) -> dict[str, Any]:
    exchange = {"name": exchange_of(event_type), "type": "topic", "durable": True}
    return {
        "address": event_type.type,
        "title": event_type.type,
        "description": event_type.__doc__,
        "messages": {"events": {"$ref": f"#/components/messages/{event_type.type}"}},
        "bindings": {"amqp": {"is": "routingKey", "exchange": exchange, "bindingVersion": "0.3.0"}},
    }


def _message(event_type: type[Event]) -> dict[str, Any]:
    """What travels is a CloudEvents batch; private events travel one by one."""
    most = 1 if event_type.private else EVENTS_IN_A_BATCH
    return {
        "name": event_type.type,
        "title": event_type.type,
        "summary": event_type.__doc__,
        "contentType": BATCH,
        "tags": [{"name": mark} for mark in _marks(event_type)],
        "payload": {
            "type": "array",
            "minItems": 1,
            "maxItems": most,
            "items": enveloped(event_type, Envelope),
        },
        "examples": [{"name": "sample", "payload": [example_of(event_type)]}],
    }


def _operations(listeners: Listeners) -> dict[str, Any]:
    operations: dict[str, Any] = {}
    for publisher, events in PUBLISHERS.items():
        for event_type in events:
            sent = f"{publisher}.sends.{event_type.type}"
            operations[sent] = _operation("send", publisher, event_type)
            for service in listening_to(event_type, listeners):
                received = f"{service}.receives.{event_type.type}"
                operations[received] = _operation("receive", service, event_type)
    return operations


def _operation(action: str, service: str, event_type: type[Event]) -> dict[str, Any]:
    channel = f"#/channels/{event_type.type}"
    return {
        "action": action,
        "title": f"{service} {action}s {event_type.type}",
        "channel": {"$ref": channel},
        "messages": [{"$ref": f"{channel}/messages/events"}],
        "tags": [{"name": service}],
    }


def _marks(event_type: type[Event]) -> list[str]:
    return [mark for mark in ("whole", "private", "stated") if getattr(event_type, mark)]


def _what_of(publisher: str) -> str:
    return f"Facts of {publisher} (shared.contracts.{publisher})."


_ABOUT = (
    "Every fact that one service tells the others, as a CloudEvent. Delivered at least once and "
    "in no promised order; `sequence` counts per aggregate, but what is `stated` anew has the "
    "number of the state it repeats. Fields are only ever added: ignore those you do not know. A "
    "field marked `secret` is blanked wherever events are listed."
)
