"""Reminds: when the hour has come, looks once more whether it still is right, and then writes."""

from functools import partial
from uuid import UUID

from shared.context import Act, Context, Outcome, Work
from shared.jobs import Job, unplan

from ..handlers.messages import write_messages
from ..handlers.reminders import replan_reminders, take_turn
from ..handlers.reminders_to_come import reminders_to_come


async def remind(job: Job, _context: Context) -> Act | None:
    """Nothing slow: the act does it all."""
    return partial(_remind_if_right, job=job)


async def _remind_if_right(work: Work, *, job: Job) -> Outcome:
    if job.person_id is None or await work.erased(job.person_id):
        return None
    activity_id, officer = UUID(job.payload["activity_id"]), {job.person_id}
    await take_turn(work)
    reminder = (await reminders_to_come(work, activity_id, officer)).get(job.key)
    if reminder and reminder.due_at <= work.now:
        return await write_messages(work, reminder.notice)
    await unplan(work, "remind", job.key)
    await replan_reminders(work, activity_id, officer)
    return None
