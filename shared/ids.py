"""New ids: UUIDv7, which sort roughly by the time they were made."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new id for a row or an event."""
    return uuid7()
