"""`/feed`: other systems read the public events of their parties, from any place on."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from shared.context import Context
from shared.outsiders import KeyIsNotValid, Outsider
from shared.web.api import router
from shared.web.keys import system_asking
from shared.web.lists import Paged, PlaceIsNotValid
from shared.web.problems import documented

from ..queries.feed import Feed
from ..queries.feed import read_feed as read


def make_feed(context: Context) -> APIRouter:
    """The feed's address, to stand at the origin, for who has a key."""
    routes = router()

    async def asking(request: Request) -> Outsider:
        return await system_asking(request, context.database)

    @routes.get("", tags=["feed"], responses=documented(KeyIsNotValid, PlaceIsNotValid))
    async def read_feed(reader: Annotated[Outsider, Depends(asking)], place: Paged) -> Feed:
        """Public events of the reader's types and parties, oldest first (another system)."""
        async with context.database.reading() as connection:
            return await read(connection, context.installation, reader, place)

    return routes
