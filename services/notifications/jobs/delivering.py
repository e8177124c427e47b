"""Delivers one message: asks where the receiver may have it already, sends, and tells the end.

Whether a sending had begun is told by the message's own state, committed before anything leaves.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import Row, select

from shared.context import Act, Context
from shared.jobs import Job, TryAgain
from shared.messaging.crash import crash_point

from ..channels import SendOutcome
from ..domain.states import DOUBTFUL, OPEN
from ..handlers.messages import settle
from ..tables import message
from .deliver import Deliver
from .departure import Departure, note

QUESTIONS: Final = 6
"""As often a receiver that gives no answer is asked; about a minute."""
PAUSE_BEFORE_ASKING: Final = timedelta(seconds=2)
GIVE_UP_AFTER: Final = timedelta(hours=24)


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
    with context.observer.traces.span(f"send {found.channel}", "client") as span:
        outcome = await deliver.send(job.key, departure.to, departure.letter)
        span.note(outcome=outcome.state)
    crash_point("after-send")
    return await _end(context, job, outcome, departure.first_tried_at)


async def _end(
    context: Context, job: Job, outcome: SendOutcome, first_tried_at: datetime | None
) -> Act:
    """What an outcome means for the message."""
    match outcome.state:
        case "sent" | "refused":
            return partial(settle, key=job.key, status=outcome.state, reason=outcome.reason)
        case "unknown":
            doubt = partial(note, key=job.key, status="unknown", reason=outcome.reason)
            await _commit(context, job, doubt)
            raise TryAgain(outcome.reason, after=PAUSE_BEFORE_ASKING, for_ever=True)
    if first_tried_at and context.clock.machine() - first_tried_at > GIVE_UP_AFTER:
        return partial(settle, key=job.key, status="refused", reason="gave-up")
    wait = partial(note, key=job.key, status="planned", reason=outcome.reason)
    await _commit(context, job, wait)
    raise TryAgain(outcome.reason, for_ever=True)


async def _leave_or_ask_again(context: Context, job: Job, found: Row[Any, Any, Any]) -> Act:
    """A receiver that is away may answer soon; one that never does leaves it unsettled."""
    if found.asked + 1 >= QUESTIONS:
        return partial(settle, key=job.key, status="unsettled", reason="receiver-cannot-be-asked")
    noted = partial(note, key=job.key, status="unknown", asked=found.asked + 1)
    await _commit(context, job, noted)
    raise TryAgain("receiver-does-not-answer", for_ever=True)


async def _standing(context: Context, key: str) -> Row[Any, Any, Any] | None:
    query = select(message.c.status, message.c.channel, message.c.asked).where(message.c.key == key)
    async with context.database.reading() as connection:
        return (await connection.execute(query)).one_or_none()


async def _commit(context: Context, job: Job, act: Act) -> None:
    await context.commit(act, actor=context.itself, correlation_id=job.correlation_id)
