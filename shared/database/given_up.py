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


async def forget_connections(engine: AsyncEngine) -> None:
    """Have every connection made anew. The old ones are left: a dead one can not be closed in an
    orderly way, and those that are lent are closed when they come back."""
    await engine.dispose(close=False)
