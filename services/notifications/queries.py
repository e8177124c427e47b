"""What is shown of messages: never an address, a name or a link."""

from collections.abc import Sequence
from datetime import datetime
from itertools import product
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.context import Context, Work
from shared.observing.measures import DELIVERIES
from shared.observing.tally import Sample
from shared.rights import require_role, staffed_projects
from shared.web.lists import Listed, Place, listed

from .domain.states import CHANNELS, STATUSES, ChannelName, Status
from .tables import activity, message


class Wanted(BaseModel):
    """Which messages; None stands for all."""

    message: str | None = None
    channel: ChannelName | None = None
    status: Status | None = None


class MessageShown(BaseModel):
    """One message and what became of it. Times are the story's."""

    key: str
    message: str
    channel: ChannelName
    status: Status
    reason: str | None
    language: str | None
    person_id: UUID
    activity_id: UUID
    fact: str
    cause: str
    planned_at: datetime
    settled_at: datetime | None


class Delivery(BaseModel):
    """How many messages of one kind stand where."""

    message: str
    channel: ChannelName
    status: Status
    number: int


class Deliveries(BaseModel):
    """All counts."""

    items: list[Delivery]


async def list_messages(work: Work, wanted: Wanted, place: Place) -> Listed[MessageShown]:
    """A page of the messages the actor may see, in the order they were written."""
    query = await _visible(work, select(message), wanted)
    order = [message.c.id]
    return await listed(work.connection, query, place, order=order, show=_shown)


async def latest_messages(work: Work, wanted: Wanted, limit: int) -> Sequence[Any]:
    """The newest first, each with the reference of its activity where that is known."""
    query = select(message, activity.c.reference).select_from(
        message.outerjoin(activity, activity.c.id == message.c.activity_id)
    )
    query = await _visible(work, query, wanted)
    newest = query.order_by(message.c.id.desc()).limit(limit)
    return (await work.connection.execute(newest)).all()


async def count_deliveries(work: Work) -> Deliveries:
    """Numbers by message, channel and status."""
    kinds = (message.c.message, message.c.channel, message.c.status)
    query = select(*kinds, func.count().label("number")).group_by(*kinds).order_by(*kinds)
    rows = await work.connection.execute(await _visible(work, query, Wanted()))
    return Deliveries(items=[Delivery(**row._mapping) for row in rows])


async def where_messages_stand(_context: Context, connection: AsyncConnection) -> Sequence[Sample]:
    """Numbers by channel and status, for who watches over the installation."""
    kinds = (message.c.channel, message.c.status)
    rows = await connection.execute(select(*kinds, func.count()).group_by(*kinds))
    found = {(channel, status): number for channel, status, number in rows}
    return [Sample(DELIVERIES, one, found.get(one, 0)) for one in product(CHANNELS, STATUSES)]


async def _visible(work: Work, query: Select[Any], wanted: Wanted) -> Select[Any]:
    """Coordinators see the messages of the projects they are assigned to. Raises `NotAllowed`."""
    await require_role(work, "coordinator", "auditor")
    if work.actor.role == "coordinator":
        projects = await staffed_projects(work)
        theirs = select(activity.c.id).where(activity.c.project_id.in_(projects))
        query = query.where(message.c.activity_id.in_(theirs))
    asked = wanted.model_dump(exclude_none=True)
    return query.where(*(message.c[name] == value for name, value in asked.items()))


def _shown(row: Any) -> MessageShown:
    return MessageShown(**{name: getattr(row, name) for name in MessageShown.model_fields})
