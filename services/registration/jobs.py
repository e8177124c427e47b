"""Timers of registration: what ends when nobody answers in time."""

from datetime import date, datetime
from functools import partial
from uuid import UUID

from shared.context import Act, Context
from shared.jobs import Job

from .commands import disclosure, viability
from .commands.answers import expire_offer
from .commands.follow_ups import purge_follow_ups, remind_follow_up
from .commands.other_runs import lapse_run_offer
from .commands.returns import lapse_return
from .commands.reviews import remind
from .commands.screening_ends import expire_clearance, forget_screenings
from .commands.visa_letters import tell_of_void_letter


async def let_offer_expire(job: Job, _context: Context) -> Act | None:
    """The day to answer by has passed; an offer answered meanwhile is left as it is."""
    return partial(expire_offer, offer_id=UUID(job.payload["offer_id"]))


async def disclose_offer(job: Job, _context: Context) -> Act | None:
    """The focal points have known for as long as the call says; now the officer is told."""
    return partial(disclosure.disclose_offer, offer_id=UUID(job.payload["offer_id"]))


async def let_return_lapse(job: Job, _context: Context) -> Act | None:
    """The day to put a nomination right has passed; one submitted again is left as it is."""
    return partial(lapse_return, return_id=UUID(job.payload["return_id"]))


async def look_at_viability(job: Job, _context: Context) -> Act | None:
    """The day has come on which a call has its minimum of seats, or is put to its coordinators."""
    return partial(viability.look_at_viability, call_id=UUID(job.payload["call_id"]))


async def remind_reviewers(job: Job, _context: Context) -> Act | None:
    """The time for scores is nearly up; a board that was closed or put off meanwhile is left."""
    until = datetime.fromisoformat(job.payload["until"])
    return partial(remind, call_id=UUID(job.payload["call_id"]), until=until)


async def let_run_offer_lapse(job: Job, _context: Context) -> Act | None:
    """The day to answer has passed; another run answered meanwhile is left as it is."""
    return partial(lapse_run_offer, run_offer_id=UUID(job.payload["run_offer_id"]))


async def remind_of_details(job: Job, _context: Context) -> Act | None:
    """Some days are left to fill in the details; who has done so is not reminded."""
    return partial(remind_follow_up, nomination_id=UUID(job.payload["nomination_id"]))


async def delete_details_after_the_end(job: Job, _context: Context) -> Act | None:
    """The activity is over for some weeks, if it was not put off meanwhile."""
    return partial(purge_follow_ups, call_id=UUID(job.payload["call_id"]))


async def let_clearance_expire(job: Job, _context: Context) -> Act | None:
    """The last day of a clearance has passed; one given anew is left as it is."""
    until = date.fromisoformat(job.payload["valid_until"])
    return partial(
        expire_clearance, nomination_id=UUID(job.payload["nomination_id"]), valid_until=until
    )


async def forget_screenings_after_the_end(job: Job, _context: Context) -> Act | None:
    """The activity is over for some weeks, if it was not put off meanwhile."""
    return partial(forget_screenings, call_id=UUID(job.payload["call_id"]))


async def tell_of_void(job: Job, _context: Context) -> Act | None:
    """A letter of invitation is void, and whoever was told of it does not know yet."""
    return partial(tell_of_void_letter, letter_id=UUID(job.payload["letter_id"]))
