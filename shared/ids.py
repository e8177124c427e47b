"""New ids: UUIDv7, which sort roughly by the time they were made."""

from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new id for a row or an event."""
    return uuid7()


def first_id_at(moment: datetime) -> UUID:
    """The lowest id that could have been made at a moment of the machine's clock."""
    return UUID(int=max(int(moment.timestamp() * 1000), 0) << 80)
