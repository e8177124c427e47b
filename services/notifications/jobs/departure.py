"""The last look before a message leaves: who reads it, where, and in which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Row, select

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.contracts.archived import NOT_ARCHIVED
from shared.database import lock_row
from shared.jobs import Job, TryAgain, hold

from ..domain.states import OPEN, Status
from ..handlers.messages import settle
from ..rendering import RenderedEmail, RenderedSms
from ..tables import activity, message, person
from .letter import CANNOT_BE_WRITTEN, write_letter

log = structlog.get_logger()


@dataclass
class Departure:
    """The act that makes a message ready to leave, and marks it as being sent.

    `letter` stays None where the message ended here instead.
    """

    job: Job
    seen: Status
    sender_name: str
    to: str = ""
    letter: RenderedEmail | RenderedSms | None = None
    first_tried_at: datetime | None = None

    async def __call__(self, work: Work) -> Outcome:
        await lock_row(work.connection, message, key=self.job.key)
        row = await _row(work, self.job.key)
        if row is None or row.status != self.seen or not await hold(work, self.job):
            raise TryAgain("taken-over")
        reader = await _reader(work, row)
        if reader is None:
            return await self._end_here(work, "erased")
        to = reader.email if row.channel == "email" else reader.phone
        if not to:
            return await self._end_here(work, "no-address")
        if row.variables.get("link") == NOT_ARCHIVED:
            return await self._end_here(work, "link-not-archived")
        described = select(activity).where(activity.c.id == row.activity_id)
        about = (await work.connection.execute(described)).one_or_none()
        try:
            letter = write_letter(row, reader, about, sender_name=self.sender_name)
        except CANNOT_BE_WRITTEN:
            log.exception("message_cannot_be_written", key=row.key, message=row.message)
            return await self._end_here(work, "cannot-be-written")
        first = row.first_tried_at or work.context.clock.machine()
        sending = {"status": "sending", "language": reader.language, "first_tried_at": first}
        await note(work, key=row.key, **sending)
        self.to, self.letter, self.first_tried_at = to, letter, first
        return None

    async def _end_here(self, work: Work, reason: str) -> Sequence[Event]:
        return await settle(work, key=self.job.key, status="not_sent", reason=reason)


async def note(work: Work, *, key: str, **changed: object) -> None:
    """Write down how a message stands that has not ended yet."""
    still_open = (message.c.key == key) & message.c.status.in_(OPEN)
    await work.connection.execute(message.update().where(still_open).values(**changed))


async def _row(work: Work, key: str) -> Row[Any] | None:
    query = select(message).where(message.c.key == key)
    return (await work.connection.execute(query)).one_or_none()


async def _reader(work: Work, row: Row[Any]) -> Row[Any] | None:
    """The reader's own record; None where the reader or the officer concerned was erased."""
    if await work.erased(row.person_id, row.about_id or row.person_id):
        return None
    query = select(person).where(person.c.id == row.person_id)
    return (await work.connection.execute(query)).one_or_none()
