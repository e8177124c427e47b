"""An event as the archive gives it back: the same fact, but not the same bytes, and its secrets are
gone. It says so of itself, so that nobody takes it for another event under the same id."""

import json
from collections.abc import Mapping
from typing import Any

from shared.contracts.event import Event, secret_fields

MARK = b'{"archived":true,'
"""How its bytes begin; nothing that is published does."""
NOT_ARCHIVED = ""
"""What stands where a secret stood that the event can not be without."""


def encode_archived(envelope: Mapping[str, Any], event_type: type[Event]) -> bytes:
    """One line, as `encode` writes one."""
    data = dict(envelope["data"])
    for name in secret_fields(event_type):
        if data.get(name) is None and event_type.model_fields[name].is_required():
            data[name] = NOT_ARCHIVED
    marked = {"archived": True, **envelope, "data": data}
    return json.dumps(marked, ensure_ascii=False, separators=(",", ":")).encode()


def is_archived(body: bytes) -> bool:
    """Whether these bytes came from the archive."""
    return body.startswith(MARK)
