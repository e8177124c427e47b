"""The clocks of process, database and broker: leases, deadlines and tokens go by them."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from shared.database import Database

from .finding import Found, right, warning, wrong

NOTICEABLE = timedelta(seconds=2)
HARMFUL = timedelta(seconds=30)
"""Tokens are taken so long after their end; a lease of a job lasts not much longer."""
Ask = Callable[[], Awaitable[datetime]]
SYNCHRONISE = "have NTP run on both machines (timedatectl status)"


def machine() -> datetime:
    """The clock of this process."""
    return datetime.now(UTC)


async def agrees(whose: str, ask: Ask, own: Callable[[], datetime] = machine) -> Found:
    """The other clock shows what ours does; the time it took to answer is allowed for."""
    before = own()
    theirs = await ask()
    after = own()
    apart = max(theirs - after, before - theirs, timedelta())
    limits = f"(noted from {NOTICEABLE.seconds} s, harmful from {HARMFUL.seconds} s)"
    said = f"{whose} and this process are {apart.total_seconds():.1f} s apart {limits}"
    if apart >= HARMFUL:
        return wrong(said, SYNCHRONISE)
    return warning(said, SYNCHRONISE) if apart >= NOTICEABLE else right(said)


async def of_database(database: Database) -> datetime:
    """What PostgreSQL's clock shows now."""
    async with database.reading() as connection:
        found = await connection.execute(text("SELECT clock_timestamp()"))
        moment: datetime = found.scalar_one()
        return moment.astimezone(UTC)
