"""A line that breaks without a word: whoever waits on it for an answer would wait for ever.

So a transaction on PostgreSQL has an end, far beyond what any of ours takes. Then all connections
are made anew, for what stood beside it on the same line is as dead.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

SECONDS_OF_A_TRANSACTION = 120.0
SECONDS_OF_SILENCE = 60.0
SECONDS_OF_SILENCE_IN_A_TRANSACTION = 30.0
"""Several may wait for one lock on the same dead line, and each gets it in its turn."""
SIGNS_OF_LIFE = {
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
"""How soon the server lets go of a machine that is gone without a word: half a minute."""
log = structlog.get_logger()


@asynccontextmanager
async def given_up_in_time(engine: AsyncEngine) -> AsyncIterator[None]:
    """Ends what takes too long. Raises `TimeoutError`: the database is away."""
    limit = asyncio.timeout(SECONDS_OF_A_TRANSACTION)
    try:
        async with limit:
            yield
    finally:
        if limit.expired():
            log.warning("transaction_given_up", seconds=SECONDS_OF_A_TRANSACTION)
            await forget_connections(engine)


def when_a_transaction_falls_silent() -> dict[str, str]:
    """Told to the server: what it does not end would stay locked for whoever comes after."""
    limit = milliseconds(SECONDS_OF_SILENCE_IN_A_TRANSACTION)
    return {**SIGNS_OF_LIFE, "idle_in_transaction_session_timeout": limit}


def when_a_leader_falls_silent() -> dict[str, str]:
    """Told to the server: who leads and is not heard of, dead or only stopped, leads no more."""
    return {**SIGNS_OF_LIFE, "idle_session_timeout": milliseconds(SECONDS_OF_SILENCE)}


def milliseconds(seconds: float) -> str:
    """As the server reads a time."""
    return str(int(seconds * 1000))


async def forget_connections(engine: AsyncEngine) -> None:
    """Have every connection made anew. The old ones are left: a dead one can not be closed in an
    orderly way, and those that are lent are closed when they come back."""
    await engine.dispose(close=False)
