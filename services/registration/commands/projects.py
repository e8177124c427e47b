"""Who takes part in a project: its partners, the channels of the parties, its staff (admin)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Table, or_, select

from shared.context import Outcome, Work
from shared.contracts import Event
from shared.database import lock_row
from shared.refusals import Fault, NotFound, Refused
from shared.rights import channel, require_role, staff_assignment
from shared.web.versions import VersionHasMoved

from ..bodies.people import AssignChannel, AssignStaff, JoinAsPartner
from ..facts import (
    channel_assigned,
    login_of,
    partner_joined,
    staff_assigned,
)
from ..loading import (
    first,
    known_project,
    parties,
    persons,
)
from ..refusals.people import (
    AssignmentExists,
    ChannelExists,
    DatesAreTurned,
    DeputyIsTheHolder,
    PartnerExists,
    PartyIsNotRegistered,
    PersonIsNotRegistered,
)
from ..tables import partner, person, project


async def join_as_partner(
    work: Work, project_id: UUID, partner_id: UUID, asked: JoinAsPartner
) -> Outcome:
    """A party takes part in a project from a day on."""
    wrong = await _check(work, project_id, asked.from_on, asked.until_on, party=asked.party)
    if wrong:
        return wrong
    row = {"id": partner_id, "project_id": project_id, **asked.model_dump(), "version": 1}
    if await _overlaps(work, partner, row, "party"):
        return PartnerExists()
    await work.connection.execute(partner.insert().values(**row))
    return [partner_joined(row)]


async def assign_channel(
    work: Work, project_id: UUID, channel_id: UUID, asked: AssignChannel, version: int = 0
) -> Outcome:
    """Say who nominates for a party in a project; with a version, change who does. A party has one
    channel at a time: the one national door."""
    wrong = await _check(work, project_id, asked.from_on, asked.until_on, party=asked.party)
    if wrong:
        return wrong
    if asked.deputy_id == asked.holder_id:
        return DeputyIsTheHolder()
    logins = await _logins(work, [one for one in (asked.holder_id, asked.deputy_id) if one])
    row = {
        "id": channel_id,
        "project_id": project_id,
        **asked.model_dump(),
        "holder_login": logins[asked.holder_id],
        "deputy_login": logins[asked.deputy_id] if asked.deputy_id else None,
        "sequence": version + 1,
    }
    if await _overlaps(work, channel, row, "party"):
        return ChannelExists()
    return await _save(work, channel, row, channel_assigned(row))


async def assign_staff(
    work: Work, project_id: UUID, assignment_id: UUID, asked: AssignStaff, version: int = 0
) -> Outcome:
    """Say who works on a project in which role; with a version, change it."""
    wrong = await _check(work, project_id, asked.from_on, asked.until_on)
    if wrong:
        return wrong
    logins = await _logins(work, [asked.person_id])
    row = {
        "id": assignment_id,
        "project_id": project_id,
        **asked.model_dump(),
        "login": logins[asked.person_id],
        "sequence": version + 1,
    }
    if await _overlaps(work, staff_assignment, row, "person_id", "role"):
        return AssignmentExists()
    return await _save(work, staff_assignment, row, staff_assigned(row))


async def _check(
    work: Work, project_id: UUID, from_on: date, until_on: date | None, party: str | None = None
) -> Refused | None:
    """What is wrong with the dates or the party. Who comes second waits at the project."""
    await require_role(work)
    await lock_row(work.connection, project, id=project_id)
    await known_project(work, project_id)
    if party is not None and party not in await parties(work, [party]):
        return PartyIsNotRegistered()
    if until_on is not None and until_on < from_on:
        return DatesAreTurned(
            faults=[Fault("until_on", "before-the-first", "before the first day")]
        )
    return None


async def _overlaps(work: Work, table: Table, row: Mapping[str, Any], *alike: str) -> bool:
    """Whether another row of the project, the same in these columns, holds on one of its days."""
    others = select(table.c.id).where(
        table.c.project_id == row["project_id"],
        table.c.id != row["id"],
        or_(table.c.until_on.is_(None), table.c.until_on >= row["from_on"]),
        *(table.c[name] == row[name] for name in alike),
    )
    if row["until_on"] is not None:
        others = others.where(table.c.from_on <= row["until_on"])
    return await first(work, others) is not None


async def _logins(work: Work, person_ids: Sequence[UUID]) -> dict[UUID, str | None]:
    """How persons sign in; held so until it is saved. Raises `PersonIsNotRegistered`."""
    for person_id in sorted(person_ids):
        await lock_row(work.connection, person, id=person_id)
    found = await persons(work, person_ids)
    for person_id in person_ids:
        if person_id not in found or found[person_id]["erased_at"] is not None:
            raise PersonIsNotRegistered
    return {person_id: login_of(found[person_id]["subject"]) for person_id in person_ids}


async def _save(work: Work, table: Table, row: dict[str, Any], event: Event) -> Outcome:
    if row["sequence"] == 1:
        await work.connection.execute(table.insert().values(**row))
        return [event]
    mine = (table.c.id == row["id"]) & (table.c.project_id == row["project_id"])
    if await first(work, select(table.c.id).where(mine)) is None:
        return NotFound()
    mine &= table.c.sequence == row["sequence"] - 1
    changed = await work.connection.execute(table.update().where(mine).values(**row))
    return [event] if changed.rowcount else VersionHasMoved()
