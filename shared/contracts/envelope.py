"""The envelope of every event: CloudEvents 1.0, structured JSON, read strictly.

Ours carries what every service may rely on; other systems send what the standard asks for.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, create_model

from shared.contracts.archived import is_archived
from shared.contracts.event import Event, Instant

E = TypeVar("E", bound=Event, covariant=True)
FROM_ARCHIVE = "archived"
"""The digest of whatever the archive gave back: its bytes are not those that were sent."""
LONGEST_ID = 150
"""The most characters of an id that another system gives to its event."""


class Envelope(BaseModel):
    """Who says what, when, about what, and because of what; `data` is the event itself."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    specversion: Literal["1.0"] = "1.0"
    id: str = Field(min_length=1, max_length=200)
    source: str = Field(min_length=1, max_length=200)
    type: str = Field(min_length=1, max_length=200)
    time: Instant
    datacontenttype: Literal["application/json"] = "application/json"
    subject: str | None = None
    party: str | None = None
    partitionkey: str
    sequence: str = Field(pattern=r"^\d{20}$")
    correlationid: str
    causationid: str | None = None
    actor: str
    traceparent: str | None = None
    data: dict[str, Any]


class ExternalEnvelope(BaseModel):
    """The envelope of what other systems send: CloudEvents 1.0, without extensions of ours.

    Attributes that are not known are ignored, and so are unknown fields of `data`: a sender may
    speak a later minor version.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    specversion: Literal["1.0"]
    id: str = Field(min_length=1, max_length=LONGEST_ID)
    """Names this event among all that its sender sends: the same again is the same event."""
    source: str = Field(min_length=1, max_length=200)
    """Where in the sender's system it happened; not compared."""
    type: str = Field(min_length=1, max_length=200)
    time: Instant | None = None
    datacontenttype: str | None = Field(
        default=None, max_length=100, pattern=r"^application/([a-z0-9.-]+\+)?json *(;.*)?$"
    )
    subject: str | None = Field(default=None, max_length=200)
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Claim(Generic[E]):
    """What another system says happened: a claim until the service that owns its type accepts it.

    `outsider` is the code of the sender, from where the message came in and not from what it says.
    """

    event: E
    id: str
    type: str
    time: datetime | None
    body: bytes
    outsider: str = ""
    reply_to: str | None = None
    received_at: datetime | None = None
    """When it came in, in the time in which facts happen."""

    @property
    def source(self) -> str:
        """Whose ids these are."""
        return f"outsider:{self.outsider}"

    @property
    def digest(self) -> str:
        """SHA-256 of type and data in one spelling: the same fact, however it was wrapped."""
        said = [self.type, json.loads(self.body)["data"]]
        spelled = json.dumps(said, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(spelled.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Fact(Generic[E]):
    """An event as received: the event, and what its envelope says of it."""

    event: E
    id: str
    source: str
    type: str
    time: datetime
    partitionkey: str
    sequence: int
    correlation_id: str
    actor: str
    body: bytes
    traceparent: str | None = None

    @property
    def is_archived(self) -> bool:
        """Whether it came back from the archive, long after it happened, without its secrets."""
        return is_archived(self.body)

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes as sent: tells a repetition from another body under one id."""
        if self.is_archived:
            return FROM_ARCHIVE
        return hashlib.sha256(self.body).hexdigest()


def encode(envelope: Envelope) -> bytes:
    """The envelope as one line of UTF-8 JSON; a raw line feed never occurs in it."""
    return envelope.model_dump_json(exclude_none=True).encode()


def decode(body: bytes, event_type: type[E]) -> Fact[E]:
    """Read one envelope strictly; raises `pydantic.ValidationError` when it is not one."""
    envelope: Any = _envelope_of(event_type).model_validate_json(body, strict=True)
    return Fact(
        event=envelope.data,
        id=envelope.id,
        source=envelope.source,
        type=envelope.type,
        time=envelope.time,
        partitionkey=envelope.partitionkey,
        sequence=int(envelope.sequence),
        correlation_id=envelope.correlationid,
        actor=envelope.actor,
        body=body,
        traceparent=envelope.traceparent,
    )


@cache
def _envelope_of(event_type: type[Event]) -> type[Envelope]:
    """The envelope with the event itself as its data: both are read in one go."""
    return create_model(f"{event_type.__name__}Told", __base__=Envelope, data=(event_type, ...))


def decode_external(body: bytes, event_type: type[E]) -> Claim[E]:
    """Read what another system sent strictly; raises `pydantic.ValidationError`."""
    envelope = ExternalEnvelope.model_validate_json(body, strict=True)
    event = event_type.model_validate_json(json.dumps(envelope.data), strict=True)
    return Claim(event, id=envelope.id, type=envelope.type, time=envelope.time, body=body)
