"""Forgetting a person: what every service does the same way, in its own tables of `shared`."""

from collections import Counter
from uuid import UUID

from shared.context import Work
from shared.contracts import CONTRACTS
from shared.database import insert_new
from shared.messaging.outbox import count
from shared.tables import deferred, file, job, outbox, stored_answer, tombstone


async def forget(work: Work, person_id: UUID) -> None:
    """Put up a tombstone, and purge what this service still holds for or about the person.

    Unsent events that hold personal data are dropped and counted as purged; coded ones stay.
    """
    now = work.now
    await insert_new(work.connection, tombstone, [{"person_id": person_id, "erased_at": now}])
    for table in (deferred, stored_answer, file):
        await work.connection.execute(table.delete().where(table.c.person_id == person_id))
    mine = job.c.person_id == person_id
    unfinished = mine & (job.c.state != "done")
    await work.connection.execute(job.update().where(mine).values(payload={}, error=None))
    await work.connection.execute(job.update().where(unfinished).values(state="cancelled"))
    private = [event_type for event_type, event in CONTRACTS.items() if event.private]
    unsent = (outbox.c.person_id == person_id) & outbox.c.type.in_(private)
    gone = await work.connection.execute(outbox.delete().where(unsent).returning(outbox.c.type))
    for event_type, number in Counter(row.type for row in gone).items():
        await count(work, "purged", "", event_type, number)
