"""Delivers one message: asks where the receiver may have it already, sends, and tells the end.

Whether a sending had begun is told by the message's own state, committed before anything leaves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

import structlog
from sqlalchemy import Row, select

from shared.context import Act, Actor, Context, Outcome, Work
from shared.contracts import Event
from shared.database import lock_row
from shared.jobs import Job, TryAgain, hold
from shared.messaging.crash import crash_point

from ..channels import SendOutcome
from ..domain.states import DOUBTFUL, OPEN, Status
from ..handlers.messages import settle
from ..rendering import RenderedEmail, RenderedSms
from ..tables import activity, message, person
from .deliver import Deliver
from .letter import CANNOT_BE_WRITTEN, write_letter

QUESTIONS: Final = 6
"""As often a receiver that gives no answer is asked; about a minute."""
PAUSE_BEFORE_ASKING: Final = timedelta(seconds=2)
GIVE_UP_AFTER: Final = timedelta(hours=24)
log = structlog.get_logger()


async def deliver_message(job: Job, context: Context, *, deliver: Deliver) -> Act | None:
    """The act that records how it ended. Raises `TryAgain` while it has not ended."""
    found = await _standing(context, job.key)
    if found is None or found.status not in OPEN:
        return None
    if found.status in DOUBTFUL:
        arrival = await deliver.ask(found.channel, job.key)
        if arrival == "known":
            return partial(settle, key=job.key, status="sent", reason="confirmed")
        if arrival == "cannot_ask":
            return await _leave_or_ask_again(context, job, found)
    departure = Departure(job, found.status, deliver.sender_name)
    await _commit(context, job, departure)
    if departure.letter is None:
        return None
    crash_point("before-send")
    outcome = await deliver.send(job.key, departure.to, departure.letter)
    crash_point("after-send")
    return await _end(context, job, outcome, departure.first_tried_at)


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
        described = select(activity).where(activity.c.id == row.activity_id)
        about = (await work.connection.execute(described)).one_or_none()
        try:
            letter = write_letter(row, reader, about, sender_name=self.sender_name)
        except CANNOT_BE_WRITTEN:
            log.exception("message_cannot_be_written", key=row.key, message=row.message)
            return await self._end_here(work, "cannot-be-written")
        first = row.first_tried_at or work.context.clock.machine()
        sending = {"status": "sending", "language": reader.language, "first_tried_at": first}
        await _note(work, key=row.key, **sending)
        self.to, self.letter, self.first_tried_at = to, letter, first
        return None

    async def _end_here(self, work: Work, reason: str) -> Sequence[Event]:
        return await settle(work, key=self.job.key, status="not_sent", reason=reason)


async def _end(
    context: Context, job: Job, outcome: SendOutcome, first_tried_at: datetime | None
) -> Act:
    """What an outcome means for the message."""
    match outcome.state:
        case "sent" | "refused":
            return partial(settle, key=job.key, status=outcome.state, reason=outcome.reason)
        case "unknown":
            doubt = partial(_note, key=job.key, status="unknown", reason=outcome.reason)
            await _commit(context, job, doubt)
            raise TryAgain(outcome.reason, after=PAUSE_BEFORE_ASKING, for_ever=True)
    if first_tried_at and context.clock.machine() - first_tried_at > GIVE_UP_AFTER:
        return partial(settle, key=job.key, status="refused", reason="gave-up")
    wait = partial(_note, key=job.key, status="planned", reason=outcome.reason)
    await _commit(context, job, wait)
    raise TryAgain(outcome.reason, for_ever=True)


async def _leave_or_ask_again(context: Context, job: Job, found: Row[Any, Any, Any]) -> Act:
    """A receiver that is away may answer soon; one that never does leaves it unsettled."""
    if found.asked + 1 >= QUESTIONS:
        return partial(settle, key=job.key, status="unsettled", reason="receiver-cannot-be-asked")
    noted = partial(_note, key=job.key, status="unknown", asked=found.asked + 1)
    await _commit(context, job, noted)
    raise TryAgain("receiver-does-not-answer", for_ever=True)


async def _standing(context: Context, key: str) -> Row[Any, Any, Any] | None:
    query = select(message.c.status, message.c.channel, message.c.asked).where(message.c.key == key)
    async with context.database.reading() as connection:
        return (await connection.execute(query)).one_or_none()


async def _row(work: Work, key: str) -> Row[Any] | None:
    query = select(message).where(message.c.key == key)
    return (await work.connection.execute(query)).one_or_none()


async def _reader(work: Work, row: Row[Any]) -> Row[Any] | None:
    """The reader's own record; None where the reader or the officer concerned was erased."""
    if await work.erased(row.person_id, row.about_id or row.person_id):
        return None
    query = select(person).where(person.c.id == row.person_id)
    return (await work.connection.execute(query)).one_or_none()


async def _note(work: Work, *, key: str, **changed: object) -> None:
    still_open = (message.c.key == key) & message.c.status.in_(OPEN)
    await work.connection.execute(message.update().where(still_open).values(**changed))


async def _commit(context: Context, job: Job, act: Act) -> None:
    actor = Actor(context.service, "service")
    await context.commit(act, actor=actor, correlation_id=job.correlation_id)
