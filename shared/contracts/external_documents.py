"""What other systems send, and how each is answered, as parts of the AsyncAPI document."""

from collections.abc import Iterable
from typing import Any

from shared.contracts import EXTERNAL, Envelope, Event
from shared.contracts import ingress as answers
from shared.contracts.envelope import ExternalEnvelope
from shared.contracts.external import OWNERS
from shared.contracts.schemas import enveloped, example_of

ANSWERS = "ingress.answers"
"""The channel on which a system reads what became of what it sent."""
ONE = "application/cloudevents+json"
BINDING = "0.3.0"


def external_channels() -> dict[str, Any]:
    """One channel for each type, by the sender's code; and one of answers."""
    channels = {
        name: _channel(f"{name}.{{outsider}}", "ingress", event_type.__doc__, [name])
        for name, event_type in EXTERNAL.items()
    }
    verdicts = "ingress.event.{verdict}.v1.{outsider}"
    answered = _channel(verdicts, "events", _ANSWERED, map(_alone, answers.EVENTS))
    answered["parameters"]["verdict"] = {"enum": ["accepted", "held", "refused"]}
    return {**channels, ANSWERS: answered}


def external_messages() -> dict[str, Any]:
    """What is sent, and each answer as its sender receives it: one event a message."""
    sent = {name: _message(event_type, name) for name, event_type in EXTERNAL.items()}
    return sent | {_alone(one): _message(one, _alone(one)) for one in answers.EVENTS}


def external_operations() -> dict[str, Any]:
    """The owner of a type receives it, and answers its sender alone."""
    return {
        f"{owner}.receives.{name}": {
            "action": "receive",
            "title": f"{owner} receives {name}",
            "channel": {"$ref": f"#/channels/{name}"},
            "messages": [{"$ref": f"#/channels/{name}/messages/{name}"}],
            "reply": {
                "address": {
                    "location": "$message.header#/reply_to",
                    "description": "The sender's own queue, or amq.rabbitmq.reply-to; none needed.",
                },
                "channel": {"$ref": f"#/channels/{ANSWERS}"},
            },
            "tags": [{"name": owner}],
        }
        for name, owner in OWNERS.items()
    }


def _channel(
    address: str, exchange: str, means: str | None, messages: Iterable[str]
) -> dict[str, Any]:
    described = {"name": exchange, "type": "topic", "durable": True}
    return {
        "address": address,
        "description": means,
        "parameters": {"outsider": {"description": "The code of the sending system."}},
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
        "bindings": {
            "amqp": {"is": "routingKey", "exchange": described, "bindingVersion": BINDING}
        },
    }


def _message(event_type: type[Event], name: str) -> dict[str, Any]:
    is_sent = event_type.type in EXTERNAL
    return {
        "name": name,
        "title": event_type.type,
        "summary": event_type.__doc__,
        "contentType": ONE,
        "payload": enveloped(event_type, ExternalEnvelope if is_sent else Envelope),
        "examples": [{"name": "sample", "payload": example_of(event_type)}],
    }


def _alone(event_type: type[Event]) -> str:
    """The name of an answer as a message of its own, beside the pack between services."""
    return f"{event_type.type}.alone"


_ANSWERED = "What became of what a system sent; it reaches its sender and nobody else."
