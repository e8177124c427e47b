"""Events that end whoever tries them."""

from sqlalchemy import select

from shared.context import Context
from shared.messaging.deferred import HANDED_OUT_TOO_OFTEN, count_try
from shared.messaging.ingress.reception import told_when_parked
from shared.tables import deferred


async def ends_whoever_tries(context: Context) -> None:
    """What was handed out too often is tried again and again, and no try comes to its end."""
    query = select(deferred).where(
        deferred.c.state == "waiting", deferred.c.reason == HANDED_OUT_TOO_OFTEN
    )
    while True:
        async with context.database.reading() as connection:
            letters = (await connection.execute(query)).all()
        if not letters:
            return
        for letter in letters:
            await count_try(context, letter, told_if_parked=told_when_parked(letter.body))
