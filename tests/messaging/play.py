"""A process to kill: tells of twenty freed seats once, and works until all is quiet.

Each seat has two effects: one by its event, and one by a job that the event causes.
"""

import asyncio
import sys
from pathlib import Path

from shared import jobs
from shared.context import Act, Context, Outcome, Work
from shared.contracts import Fact
from shared.contracts.registration import SeatFreed
from shared.jobs import Job, Later
from shared.messaging.reactions import Reactions, each
from shared.tables import event_count, job
from tests.messaging.rig import Rig, effect, freed_seat, make_rig


async def do(one: Job, context: Context) -> Act:
    """The job's effect is what it records."""

    async def done(work: Work) -> Outcome:
        await work.connection.execute(effect.insert().values(what=one.key))
        return None

    return done


async def note_and_plan(work: Work, fact: Fact[SeatFreed]) -> Outcome:
    """The event's effect, and a job."""
    offer = str(fact.event.offer_id)
    await work.connection.execute(effect.insert().values(what=offer))
    await jobs.plan(work, Later("do", f"job {offer}", {}, work.now))
    return None


async def play(
    teller_url: str, listener_url: str, folder: str, broker_url: str | None = None
) -> None:
    """Tell, unless that was done before the last death; then work."""
    rig = await make_rig(teller_url, listener_url, Path(folder), broker_url)
    rig.reactions = Reactions("scheduling", [each(SeatFreed, note_and_plan)])
    rig.jobs = {"do": do}
    await jobs.release_all(rig.listener)
    if not await _was_told(rig):
        await rig.tell(*[freed_seat() for _ in range(20)])
    async with rig.running():
        await rig.waits_for(lambda: _is_over(rig))
    await rig.close()


async def _was_told(rig: Rig) -> bool:
    async with rig.teller.database.reading() as connection:
        return bool((await connection.execute(event_count.select())).all())


async def _is_over(rig: Rig) -> bool:
    unfinished = [row for row in await rig.rows(job) if row.state != "done"]
    return await rig.is_quiet() and not unfinished


if __name__ == "__main__":
    asyncio.run(play(*sys.argv[1:]))
