"""What systems send: events as CloudEvents, structured or binary, and what is no event at all."""

import hashlib
import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from .taking_part import ACTIVITY, NOMINATED, System

STRUCTURED = "application/cloudevents+json"
NUMBERS = count(1)


@dataclass(frozen=True)
class Letter:
    """One message: its bytes, and what stands beside them."""

    body: bytes
    content_type: str = STRUCTURED
    attributes: dict[str, str] = field(default_factory=dict)
    """Of a binary CloudEvent, without the prefix that each protocol gives them."""
    type: str = NOMINATED
    """What it is addressed as."""

    @property
    def event(self) -> dict[str, Any] | None:
        """The CloudEvent that it is, for whose SDK makes the message; None when it is none."""
        try:
            said = json.loads(self.body)
        except ValueError:
            return None
        if self.attributes:
            said = {**self.attributes, "datacontenttype": self.content_type, "data": said}
        return said if isinstance(said, dict) and "id" in said else None

    @property
    def subject(self) -> str:
        """How the answer calls it."""
        return str(self.event["id"]) if self.event else self.digest

    @property
    def digest(self) -> str:
        """How an answer calls what has no id."""
        return f"sha256:{hashlib.sha256(self.body).hexdigest()}"


def a_nomination(system: System, **changed: Any) -> dict[str, Any]:
    """A new officer is put forward by a system's party, in a message of its own."""
    number = next(NUMBERS)
    officer = {
        "reference": f"{system.word}-{number}",
        "names": [{"script": "Latn", "given": system.word, "family": f"Officer {number}"}],
        "sex": "female",
        "unit": "immigration",
        "language": "en",
    }
    data = {"party": system.party, "activity": ACTIVITY, "officer": officer, "priority": number}
    return {
        "specversion": "1.0",
        "id": f"{system.word}/{number}",
        "source": f"https://hr.example/{system.word}",
        "type": NOMINATED,
        "time": "2018-03-01T08:00:00Z",
        "datacontenttype": "application/json",
        "data": data,
        **changed,
    }


def structured(event: dict[str, Any]) -> Letter:
    """The whole event is the body."""
    return Letter(json.dumps(event).encode(), type=event["type"])


def binary(event: dict[str, Any]) -> Letter:
    """The body is the data; the attributes stand beside it."""
    beside = {
        name: value for name, value in event.items() if name not in ("data", "datacontenttype")
    }
    body = json.dumps(event["data"]).encode()
    return Letter(body, event["datacontenttype"], beside, event["type"])
