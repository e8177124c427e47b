"""Timers of registration: offers that end when nobody answers."""

from functools import partial
from uuid import UUID

from shared.context import Act, Context
from shared.jobs import Job

from .commands.answers import expire_offer


async def let_offer_expire(job: Job, _context: Context) -> Act | None:
    """The day to answer by has passed; an offer answered meanwhile is left as it is."""
    return partial(expire_offer, offer_id=UUID(job.payload["offer_id"]))
