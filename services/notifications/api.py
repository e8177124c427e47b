"""The addresses of notifications: messages, and their counts."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Query

from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.lists import Listed, Paged

from . import queries
from .domain.states import ChannelName, Status
from .queries import Deliveries, MessageShown, Wanted

routes = router()


def _wanted(
    message: Annotated[str | None, Query(max_length=40)] = None,
    channel: ChannelName | None = None,
    status: Status | None = None,
) -> Wanted:
    return Wanted(message=message, channel=channel, status=status)


Filtered = Annotated[Wanted, Depends(_wanted)]


@routes.get("/messages", tags=["messages"])
async def list_messages(asked: AskedBy, wanted: Filtered, place: Paged) -> Listed[MessageShown]:
    """Messages and what became of them, in order (coordinator of the project, auditor)."""
    return await asked.read(partial(queries.list_messages, wanted=wanted, place=place))


@routes.get("/deliveries", tags=["messages"])
async def count_deliveries(asked: AskedBy) -> Deliveries:
    """Counts by message, channel and status (coordinator of the project, auditor)."""
    return await asked.read(queries.count_deliveries)
