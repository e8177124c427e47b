"""Channels and assignments follow the sign-in of the persons they name."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.contracts import Event
from shared.rights import channel, staff_assignment

from ..facts import channel_assigned, staff_assigned
from ..loading import several


async def follow_login(work: Work, person_id: UUID, login: str | None) -> list[Event]:
    """Everything the person holds is theirs under the new login only. The caller has written the
    person: whoever assigns them something new waits for that row."""
    return [
        *await _staff_follows(work, person_id, login),
        *await _channels_follow(work, person_id, login),
    ]


async def _staff_follows(work: Work, person_id: UUID, login: str | None) -> list[Event]:
    mine = select(staff_assignment).where(staff_assignment.c.person_id == person_id)
    events: list[Event] = []
    for row in await several(work, mine.order_by(staff_assignment.c.id).with_for_update()):
        changed = {**row, "login": login, "sequence": row["sequence"] + 1}
        await _save(work, staff_assignment, changed)
        events.append(staff_assigned(changed))
    return events


async def _channels_follow(work: Work, person_id: UUID, login: str | None) -> list[Event]:
    mine = (channel.c.holder_id == person_id) | (channel.c.deputy_id == person_id)
    events: list[Event] = []
    held = select(channel).where(mine).order_by(channel.c.id).with_for_update()
    for row in await several(work, held):
        holds = row["holder_id"] == person_id
        field = "holder_login" if holds else "deputy_login"
        changed = {**row, field: login, "sequence": row["sequence"] + 1}
        await _save(work, channel, changed)
        events.append(channel_assigned(changed))
    return events


async def _save(work: Work, table: Any, row: dict[str, Any]) -> None:
    await work.connection.execute(table.update().where(table.c.id == row["id"]).values(**row))
