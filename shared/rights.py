"""Who may act for which project and party, on the story's date: staff and national channels.

Registration owns these facts and writes these tables itself; other services keep them as a
projection with the two handlers below.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, Index, String, Table, and_, or_, select
from sqlalchemy.sql import ColumnElement

from shared.context import Work
from shared.contracts import Fact
from shared.contracts.registration import ChannelAssigned, StaffAssigned
from shared.database import Id, upsert_newest
from shared.refusals import NotAllowed, NotFound
from shared.tables import METADATA as METADATA

staff_assignment = Table(
    "staff_assignment",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("login", String(64)),
    Column("role", String(20), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    Column("sequence", BigInteger, nullable=False),
    Index("staff_assignment_login", "login"),
)

channel = Table(
    "channel",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, nullable=False),
    Column("party", String(20), nullable=False),
    Column("holder_id", Id, nullable=False),
    Column("holder_login", String(64)),
    Column("deputy_id", Id),
    Column("deputy_login", String(64)),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    Column("sequence", BigInteger, nullable=False),
    Index("channel_project", "project_id", "party"),
    Index("channel_holder_login", "holder_login"),
    Index("channel_deputy_login", "deputy_login"),
)

Parties = frozenset[str] | None
"""The parties whose records are seen; None means all of them."""


async def keep_staff(work: Work, facts: Sequence[Fact[StaffAssigned]]) -> None:
    """Newest: keep who works on which project."""
    erased = await work.erased(*[fact.event.person_id for fact in facts])
    rows = [
        {
            "id": fact.event.assignment_id,
            **fact.event.model_dump(exclude={"assignment_id"}),
            "sequence": fact.sequence,
        }
        for fact in facts
    ]
    for row in rows:
        row["login"] = None if row["person_id"] in erased else row["login"]
    work.stale += len(rows) - len(await upsert_newest(work.connection, staff_assignment, rows))


async def keep_channels(work: Work, facts: Sequence[Fact[ChannelAssigned]]) -> None:
    """Newest: keep who nominates for which party."""
    events = [fact.event for fact in facts]
    erased = await work.erased(*[id_ for one in events for id_ in (one.holder_id, one.deputy_id)])
    rows = [
        {
            "id": fact.event.channel_id,
            **fact.event.model_dump(exclude={"channel_id"}),
            "sequence": fact.sequence,
        }
        for fact in facts
    ]
    for row in rows:
        row["holder_login"] = None if row["holder_id"] in erased else row["holder_login"]
        row["deputy_login"] = None if row["deputy_id"] in erased else row["deputy_login"]
    work.stale += len(rows) - len(await upsert_newest(work.connection, channel, rows))


async def require_staff(work: Work, project_id: UUID, *roles: str) -> None:
    """Raises `NotFound` unless the actor is admin, or has one of the roles by token and by
    assignment to this project today."""
    if work.actor.role == "admin":
        return
    if work.actor.role not in roles or not await _is_staff(work, project_id):
        raise NotFound


async def require_role(work: Work, *roles: str) -> None:
    """Raises `NotAllowed` unless the token's role is one of these, or admin."""
    if work.actor.role != "admin" and work.actor.role not in roles:
        raise NotAllowed


async def parties_of(work: Work, project_id: UUID) -> Parties:
    """The parties whose records the actor may see in a project.

    Raises `NotFound` for who may see nothing of it.
    """
    if work.actor.role in ("admin", "auditor"):
        return None
    if work.actor.role == "focal_point":
        held = await _held(work, project_id)
        if not held:
            raise NotFound
        return held
    await require_staff(work, project_id, "coordinator", "instructor")
    return None


async def projects_in_sight(work: Work) -> Mapping[UUID, Parties] | None:
    """The projects of which the actor may see something, and of which parties; None means every
    project."""
    if work.actor.role in ("admin", "auditor"):
        return None
    if work.actor.role != "focal_point":
        return dict.fromkeys(await staffed_projects(work))
    held = await held_channels(work)
    return {
        project_id: frozenset(party for other, party in held if other == project_id)
        for project_id, _ in held
    }


async def require_channel(work: Work, project_id: UUID, party: str) -> None:
    """Raises `NotFound` unless the actor nominates for this party in this project today, or
    coordinates it. For whom another system speaks was seen to when its message came in."""
    if work.actor.role == "outsider" and work.actor.party == party:
        return
    if work.actor.role == "focal_point":
        if party not in await _held(work, project_id):
            raise NotFound
        return
    await require_staff(work, project_id, "coordinator")


async def held_channels(work: Work) -> Sequence[tuple[UUID, str]]:
    """(project, party) of every channel the actor holds today."""
    query = select(channel.c.project_id, channel.c.party).where(
        _mine(work), holds_today(work, channel)
    )
    query = query.where(channel.c.party == work.actor.party)
    return [(row.project_id, row.party) for row in await work.connection.execute(query)]


async def staffed_projects(work: Work) -> Sequence[UUID]:
    """Every project the actor is assigned to today."""
    table = staff_assignment
    query = select(table.c.project_id).where(
        table.c.login == work.actor.login, table.c.role == work.actor.role, holds_today(work, table)
    )
    return [row.project_id for row in await work.connection.execute(query)]


def holds_today(work: Work, table: Table) -> ColumnElement[bool]:
    """Whether a row that holds from a day and until one does so on the story's date, in UTC."""
    today = work.now.date()
    return and_(
        table.c.from_on <= today, or_(table.c.until_on.is_(None), table.c.until_on >= today)
    )


async def _held(work: Work, project_id: UUID) -> frozenset[str]:
    return frozenset(party for project, party in await held_channels(work) if project == project_id)


async def _is_staff(work: Work, project_id: UUID) -> bool:
    return project_id in await staffed_projects(work)


def _mine(work: Work) -> ColumnElement[bool]:
    login = work.actor.login
    return or_(channel.c.holder_login == login, channel.c.deputy_login == login)
