"""Reads what another system sent: a CloudEvent, structured or binary, or else why it is none.

Everything passes the JSON gate first. A fault is a code and the path of a field, never a value.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeGuard

from pydantic import ValidationError

from shared.contracts import EXTERNAL, Claim, Event, decode_external
from shared.contracts.envelope import LONGEST_ID, ExternalEnvelope
from shared.contracts.ingress import IngressFault
from shared.messaging.transport import Message, Sent
from shared.refusals import Fault, Refused
from shared.web.json_gate import (
    DEEPEST_NESTING,
    LARGEST_BODY,
    read_json,
    refuse_unclean_texts,
    tame,
)

PREFIXES = ("ce-", "cloudevents:", "cloudevents_")
"""How the attributes of a binary CloudEvent are named among the headers, whatever their case."""
ENVELOPE = "/"
"""How the path of a fault begins that is of the envelope, where others are of the data."""
AS_WE_SPELL_IT: Mapping[str, int] = MappingProxyType(
    {"limit": 4 * LARGEST_BODY, "deepest": DEEPEST_NESTING + 2}
)
"""1e15 is sent in four letters and spelled in eighteen; and data that was sent alone stands in an
event."""
DIRECT = "amq.rabbitmq.reply-to."
LONGEST_REPLY_TO = 255
_BATCH = "application/cloudevents-batch"


class NotAnEvent(Refused):
    """The body is not the one object that a structured CloudEvent is."""

    status = 400
    title = "This is not a CloudEvent"


class BatchIsNotTaken(Refused):
    """Several events in one message are taken over HTTP alone."""

    title = "Send one event a message"


class TypeIsNotKnown(Refused):
    """No service owns this type."""

    title = "Nobody takes this type"


class TypeDiffersFromAddress(Refused):
    """The event names another type than the address it was sent to."""

    title = "The type is not the one it was addressed as"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What can not be taken for a fact: who sent it, how it is called in the answer, and why."""

    outsider: str
    subject: str
    event_type: str
    faults: tuple[IngressFault, ...]
    reply_to: str | None = None


def read_sent(message: Message) -> Claim[Event] | Unreadable:
    """A message of ingress as the claim it makes. Who sent it, and of which type it is, stands in
    its address, which the broker pins."""
    return read_event(
        message.body,
        message.sent or Sent(),
        outsider=message.address,
        addressed_as=message.type,
        let_in=message.sent is None,
    )


def read_event(
    body: bytes,
    sent: Sent,
    *,
    outsider: str,
    addressed_as: str | None = None,
    let_in: bool = False,
) -> Claim[Event] | Unreadable:
    """One event as the claim it makes. What was let in by HTTP has passed the gate as it was sent,
    and is refused no more for how we spell it."""
    document: Any = None
    try:
        document = read_json(body, **AS_WE_SPELL_IT) if let_in else _document(body, sent)
        return replace(
            _claim(document, addressed_as), outsider=outsider, reply_to=_reply_to(sent, outsider)
        )
    except Refused as refusal:
        faults = told(refusal)
    except ValidationError as error:
        faults = _places(error)
    said = document if isinstance(document, dict) else {}
    named = addressed_as or said.get("type")
    return Unreadable(
        outsider=outsider,
        subject=_subject(body, said.get("id"), sent.message_id),
        event_type=named[:200] if _can_be_said(named) else "",
        faults=faults,
        reply_to=_reply_to(sent, outsider),
    )


def spelled(document: Any) -> bytes:
    """A document in as few bytes as it was sent in, or nearly: only numbers may grow."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def told(refusal: Refused, within: str = "") -> tuple[IngressFault, ...]:
    """A refusal as faults: its own code first, then what it names."""
    named = [IngressFault(code=one.code, field=_within(within, one.path)) for one in refusal.faults]
    return (IngressFault(code=refusal.code()), *named)


def attributes_among(headers: Mapping[str, str]) -> dict[str, str]:
    """The attributes of a binary CloudEvent; none when it is structured."""
    found = {}
    for name, value in headers.items():
        for prefix in PREFIXES:
            if name.lower().startswith(prefix):
                found[name.lower().removeprefix(prefix)] = value
    return found


def _document(body: bytes, sent: Sent) -> Any:
    media_type = sent.content_type.strip().lower()
    if media_type.startswith(_BATCH):
        raise BatchIsNotTaken
    attributes = attributes_among(sent.headers)
    if not attributes or media_type.startswith("application/cloudevents"):
        return read_json(body)
    refuse_unclean_texts(attributes)
    declared = {"datacontenttype": media_type} if media_type else {}
    return {**attributes, **declared, "data": read_json(body)}


def _claim(document: Any, addressed_as: str | None) -> Claim[Event]:
    if not isinstance(document, dict):
        raise NotAnEvent
    known = {name: document[name] for name in ExternalEnvelope.model_fields if name in document}
    body = spelled(known)
    envelope = ExternalEnvelope.model_validate_json(body, strict=True)
    at_type = [Fault("type", "not-as-addressed", "Another type than that of the address.")]
    if addressed_as is not None and envelope.type != addressed_as:
        raise TypeDiffersFromAddress(faults=at_type)
    if envelope.type not in EXTERNAL:
        raise TypeIsNotKnown(faults=[Fault("type", "unknown", "Nobody owns it.")])
    return decode_external(body, EXTERNAL[envelope.type])


def _places(error: ValidationError) -> tuple[IngressFault, ...]:
    """Where a document does not fit; what is wrong in the event's own data stands below `data`."""
    above = "" if error.title == ExternalEnvelope.__name__ else "data"
    return tuple(
        IngressFault(
            code=one["type"].replace("_", "-"),
            field=_within(above, ".".join(tame(step) for step in one["loc"])),
        )
        for one in error.errors(include_url=False, include_context=False, include_input=False)
    )


def _within(above: str, path: str) -> str | None:
    if path.startswith(ENVELOPE):
        return path.removeprefix(ENVELOPE)
    return f"{above}.{path}".strip(".") or None


def _subject(body: bytes, identity: object, message_id: str | None) -> str:
    """How the answer names what was sent: its id, else the message's, else a digest of the body."""
    for named in (identity, message_id):
        if _can_be_said(named) and len(named) <= LONGEST_ID:
            return named
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def _can_be_said(text: object) -> TypeGuard[str]:
    """Whether this is a text that can be kept and shown."""
    if not isinstance(text, str) or not text:
        return False
    try:
        refuse_unclean_texts(text)
    except Refused:
        return False
    return True


def _reply_to(sent: Sent, outsider: str) -> str | None:
    """Where the sender may be answered beside its queue: nowhere that is another's."""
    wanted = sent.reply_to or ""
    direct = re.fullmatch(rf"{re.escape(DIRECT)}[!-~]+", wanted)
    own = wanted == f"out.{outsider}"
    return wanted if (direct or own) and len(wanted) <= LONGEST_REPLY_TO else None
