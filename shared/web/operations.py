"""What every service offers to those who run it: health, accounts, audit, the story's clock."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, ScalarSelect, Table, bindparam, func, select

from shared.clock import move_story
from shared.context import Audited, Context, Work
from shared.contracts.event import Instant
from shared.database import Instant as Moment
from shared.jobs import is_left
from shared.messaging.reactions import Reactions
from shared.messaging.transport import Transport
from shared.observing.readiness import Readiness, database_at_head
from shared.rights import require_role
from shared.tables import audit, deferred, event_count, job, outbox
from shared.web import dead_letters
from shared.web.api import router, take_in
from shared.web.asked import Asked, AskedBy
from shared.web.body import JsonBody, Taken
from shared.web.lists import Listed, Paged, listed

END_OF_STORIES = datetime(2200, 1, 1, tzinfo=UTC)


class Figures(BaseModel):
    """The accounts of one service: events by direction, consumer and type."""

    service: str
    committed: dict[str, int]
    purged: dict[str, int]
    taken_in: dict[str, dict[str, int]]
    """By consumer, every type it listens to; 0 where none has come yet."""
    stale: dict[str, dict[str, int]]


class StoryTold(BaseModel):
    """Where the story is, and what is still on its way because of it."""

    now: datetime
    outbox: int
    queued: int
    deferred: int
    parked: int
    """Dead letters: the story goes on without them, until a person decides."""
    jobs_due: int


class MoveStory(Taken):
    """The moment the story goes on to; the plans of a story lie within two centuries."""

    now: Annotated[Instant, Field(lt=END_OF_STORIES)]


class AuditLine(BaseModel):
    """One thing done, refused or denied."""

    position: int
    at: datetime
    subject: str
    role: str
    party: str | None
    action: str
    object: str
    outcome: str
    refusal: str | None
    correlation_id: str


routes, of_a_story = router(), router()


def _number(table: Table, *which: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*which).scalar_subquery()


_LEFT = select(
    _number(outbox).label("outbox"),
    _number(deferred, deferred.c.state == "waiting").label("deferred"),
    _number(deferred, deferred.c.state == "parked").label("parked"),
    _number(job, is_left(bindparam("now", type_=Moment))).label("jobs_due"),
)
"""A story asks again and again until nothing is, so it is one question."""
_OF = (event_count.c.direction, event_count.c.consumer, event_count.c.type)
_COUNTED = select(*_OF, func.sum(event_count.c.events).label("events")).group_by(*_OF)


def operate(api: FastAPI, transport: Transport, reactions: Reactions) -> None:
    """Add the addresses that are the same in every service."""
    context: Context = api.state.context
    api.state.transport, api.state.reactions = transport, reactions
    api.state.readiness = Readiness(database_at_head(context))
    api.state.readiness.begin()
    story = (of_a_story,) if context.clock.is_story else ()
    take_in(api, routes, *story, dead_letters.routes)


@routes.get("/health/live", tags=["operations"])
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "live"}


@routes.get("/health/ready", tags=["operations"])
async def ready(request: Request) -> JSONResponse:
    """The service's own database answers, and nothing is left to migrate."""
    readiness: Readiness = request.app.state.readiness
    return await readiness.answer()


@routes.get("/figures", tags=["operations"])
async def figures(asked: AskedBy) -> Figures:
    """Events committed and taken in, by type (auditor)."""
    reactions: Reactions = asked.request.app.state.reactions
    return await asked.read(lambda work: _figures(work, reactions))


@routes.get("/audit", tags=["operations"])
async def read_audit(asked: AskedBy, place: Paged) -> Listed[AuditLine]:
    """Who did what, in order (auditor)."""

    async def read(work: Work) -> Listed[AuditLine]:
        await require_role(work, "auditor")
        return await listed(
            work.connection,
            select(audit),
            place,
            order=[audit.c.position],
            show=lambda row: AuditLine(**row._mapping),
        )

    return await asked.read(read)


@of_a_story.get("/story", tags=["story"])
async def told(asked: AskedBy) -> StoryTold:
    """The story's time, and what is not finished yet."""
    queued = await _queued(asked)
    return await asked.read(lambda work: _told(work, queued))


@of_a_story.put("/story", tags=["story"])
async def move(asked: AskedBy, to: Annotated[MoveStory, Depends(JsonBody(MoveStory))]) -> Response:
    """Move the story's clock forward (admin)."""

    async def forward(work: Work) -> None:
        await require_role(work, "admin")
        await move_story(work.connection, to.now)

    async def show(work: Work) -> StoryTold:
        return await _told(replace(work, now=to.now), queued)

    queued = await _queued(asked)
    audited = Audited("move-story", "story")
    return await asked.perform(forward, audited=audited, show=show)


async def _queued(asked: Asked) -> int:
    transport: Transport = asked.request.app.state.transport
    return await transport.queued(asked.context.service)


async def _figures(work: Work, reactions: Reactions) -> Figures:
    await require_role(work, "auditor")
    figures = Figures(
        service=work.context.service,
        committed={},
        purged={},
        taken_in={
            consumer: dict.fromkeys(sorted(types), 0)
            for consumer, types in reactions.by_consumer().items()
        },
        stale={},
    )
    for row in await work.connection.execute(_COUNTED):
        number = int(row.events)
        match row.direction:
            case "committed":
                figures.committed[row.type] = number
            case "purged":
                figures.purged[row.type] = number
            case "taken-in":
                figures.taken_in.setdefault(row.consumer, {})[row.type] = number
            case "stale":
                figures.stale.setdefault(row.consumer, {})[row.type] = number
    return figures


async def _told(work: Work, queued: int) -> StoryTold:
    await require_role(work, "admin", "auditor", "coordinator")
    left = (await work.connection.execute(_LEFT, {"now": work.now})).one()
    return StoryTold(now=work.now, queued=queued, **left._mapping)
