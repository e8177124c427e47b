"""Two clocks: the machine's, and the story's, which stands still until it is moved forward."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.database import Database, insert_new
from shared.refusals import Refused
from shared.tables import story


class StoryRunsForwardOnly(Refused):
    """The story's clock can not be put back."""

    status = 422
    title = "The story's clock moves forward only"


class Clock:
    """Tells both times. Without a story they are one."""

    def __init__(self, *, story: bool = False) -> None:
        self.is_story = story

    def machine(self) -> datetime:
        """The machine's time: leases, delays, tokens, logs."""
        return datetime.now(UTC)

    async def now(self, connection: AsyncConnection) -> datetime:
        """When facts happen: deadlines, sessions, reminders, the time of an event."""
        if not self.is_story:
            return self.machine()
        now = (await connection.execute(select(story.c.now))).scalar_one_or_none()
        return now if now is not None else self.machine()


async def begin_story(database: Database, start: datetime) -> None:
    """Put the clock of a new story to its start; one that has begun goes on as it was."""
    async with database.writing() as connection:
        await insert_new(connection, story, [{"id": 1, "now": start}])


async def move_story(connection: AsyncConnection, to: datetime) -> None:
    """Put the story's clock forward. Raises `StoryRunsForwardOnly`."""
    await insert_new(connection, story, [{"id": 1, "now": to}])
    kept = (await connection.execute(select(story.c.now))).scalar_one()
    if kept > to:
        raise StoryRunsForwardOnly
    await connection.execute(story.update().values(now=to))
