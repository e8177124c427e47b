"""What other systems send, as tests write it: golden examples with something changed."""

import json
from typing import Any

from shared.contracts import EXTERNAL
from shared.contracts.schemas import example_of
from shared.messaging.transport import Delivery, Exchange, Message, Sent

NOMINATION = "external.nomination.submitted.v1"
ATTENDANCE = "external.attendance.recorded.v1"
COMPLETION = "external.completion.reported.v1"
STRUCTURED = "application/cloudevents+json"


def event(event_type: str, **data: Any) -> dict[str, Any]:
    """The golden example of a type, with other data."""
    example = example_of(EXTERNAL[event_type])
    return {**example, "data": {**example["data"], **data}}


def structured(
    said: Any, *, code: str = "jo-hr", address: str = "", sent: Sent | None = None
) -> Message:
    """A structured CloudEvent as it arrives through the broker."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    event_type = address or (said["type"] if isinstance(said, dict) else NOMINATION)
    return Message(event_type, body, Exchange.INGRESS, code, sent or Sent(STRUCTURED))


def binary(
    said: dict[str, Any], *, code: str = "jo-hr", prefix: str = "cloudEvents:", **beside: Any
) -> Message:
    """The same event in binary mode: attributes among the headers, data alone in the body."""
    attributes = {name: said[name] for name in ("specversion", "id", "source", "type", "time")}
    headers = {f"{prefix}{name}": value for name, value in attributes.items()}
    sent = Sent("application/json", headers, **beside)
    return Message(said["type"], json.dumps(said["data"]).encode(), Exchange.INGRESS, code, sent)


def delivered(message: Message, times: int = 1) -> Delivery:
    """A message as the transport hands it out."""
    return Delivery(message, times)
