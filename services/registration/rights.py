"""Whose records a caller may see here, beyond what `shared.rights` says: calls and persons."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.refusals import NotAllowed, NotFound
from shared.rights import Parties, held_channels, parties_of, projects_in_sight, staffed_projects

from .tables import partner


async def parties_seen(work: Work, project_id: UUID) -> Parties:
    """The parties whose nominations the caller may see. Raises `NotFound` where it is nobody's."""
    if work.actor.role == "instructor":
        raise NotFound
    return await parties_of(work, project_id)


def is_of_a_party(work: Work) -> bool:
    """Whether the caller speaks for a party, and not for the organisation."""
    return work.actor.role in ("focal_point", "outsider")


def sees_persons(work: Work) -> bool:
    """Auditors see what is coded; who it is about is for the party and the coordinators."""
    return work.actor.role != "auditor"


async def require_party_seen(work: Work, project_id: UUID, party: str) -> None:
    """Raises `NotFound` for another party's record."""
    seen = await parties_seen(work, project_id)
    if seen is not None and party not in seen:
        raise NotFound


async def require_a_part_here(work: Work) -> None:
    """Raises `NotAllowed` for who has nothing to do with registration: instructors."""
    if work.actor.role == "instructor":
        raise NotAllowed


async def parties_met(work: Work) -> Parties:
    """The parties whose persons the caller may see: through a channel, or the projects they run."""
    match work.actor.role:
        case "admin" | "auditor":
            return None
        case "focal_point":
            return frozenset(party for _, party in await held_channels(work))
        case "coordinator":
            return await _partners_of(work, await staffed_projects(work))
    return frozenset()


async def may_see_person(work: Work, person: Mapping[str, Any]) -> bool:
    """Persons of a party are seen by it and by the coordinators of its projects; persons of the
    organisation by coordinators; everyone sees themselves."""
    if person["subject"] is not None and person["subject"] == work.actor.subject:
        return True
    met = await parties_met(work)
    if met is None or person["party"] in met:
        return True
    return person["party"] is None and bool(await staffed_projects(work))


async def require_registrar(work: Work, party: str | None) -> None:
    """Raises `NotAllowed` unless the caller registers persons of this party: an admin, or a
    coordinator of a project it takes part in."""
    if work.actor.role == "admin":
        return
    if work.actor.role != "coordinator":
        raise NotAllowed
    projects = await staffed_projects(work)
    if not projects or (party is not None and party not in await _partners_of(work, projects)):
        raise NotAllowed


async def projects_seen(work: Work) -> Mapping[UUID, Parties] | None:
    """The projects whose calls the caller sees, and for which parties; None means all."""
    await require_a_part_here(work)
    return await projects_in_sight(work)


async def _partners_of(work: Work, projects: Any) -> frozenset[str]:
    query = select(partner.c.party).where(partner.c.project_id.in_(list(projects)))
    return frozenset(row.party for row in await work.connection.execute(query))
