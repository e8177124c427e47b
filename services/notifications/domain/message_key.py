"""The key of a message: one per fact, person, message and channel, and it tells nobody which."""

import hashlib
import json
from typing import Final
from uuid import UUID

KEY_LENGTH: Final = 40


def message_key(fact: str, person_id: UUID, message: str, channel: str) -> str:
    """Hexadecimal digits of a SHA-256: the Message-ID of a mail, the reference of an SMS."""
    named = json.dumps([fact, str(person_id), message, channel])
    return hashlib.sha256(named.encode()).hexdigest()[:KEY_LENGTH]
