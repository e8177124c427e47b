"""What rows of past participations are read and matched against: parties, officers, the known."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from babel import Locale
from sqlalchemy import ColumnElement, func, select

from shared.context import Work
from shared.contracts.event import LANGUAGES
from shared.database import lock_row
from shared.refusals import NotAllowed, NotFound
from shared.rights import require_role
from shared.web.versions import VersionHasMoved

from ..domain.import_states import ENDED, ImportState
from ..imports.standing import require_remembered
from ..loading import (
    Stored,
    by_id,
    first,
    several,
)
from ..refusals.history import PartyIsMissing
from ..refusals.imports import ImportHasMoved
from ..rights import parties_met
from ..roster.folding import folded
from ..tables import (
    activity,
    history_import,
    history_layout,
    participation,
    party,
    person,
)
from .layout import Layout
from .matching import KnownOfficer, What


@dataclass(frozen=True)
class Grounds:
    """`parties` are the codes a file may name, by folded word; `scope` is its one party, if so."""

    scope: str
    parties: Mapping[str, str]
    officers: Sequence[KnownOfficer]
    recorded: frozenset[What]
    today: date


async def scope_for(work: Work, code: str | None) -> str:
    """Of which party a file may be read in; nothing: of all whom the caller meets.

    Raises `NotAllowed`, `NotFound` for another's party, `PartyIsMissing`."""
    if work.actor.role not in ("admin", "coordinator", "focal_point"):
        raise NotAllowed
    met = await parties_met(work)
    if code is None and work.actor.role == "focal_point":
        raise PartyIsMissing
    if code is not None and met is not None and code not in met:
        raise NotFound
    return code or ""


async def parties_named_in(work: Work, scope: str) -> list[str] | None:
    """Which parties a file of this scope may name, as the caller meets them now; None: all."""
    met = await parties_met(work)
    return [scope] if scope else None if met is None else sorted(met)


async def grounds_for(work: Work, scope: str, codes: Collection[str] | None) -> Grounds:
    """All that rows which may name these parties are read and matched against."""
    known = await _parties(work, codes)
    codes = [one["code"] for one in known]
    mine = person.c.party.in_(codes) & person.c.erased_at.is_(None)
    columns = (person.c.id, person.c.party, person.c.officer_reference, person.c.names)
    people = await several(work, select(*columns).where(mine).order_by(person.c.id))
    officers = [_officer(one) for one in people]
    recorded = await recorded_where(work, person.c.party.in_(codes))
    return Grounds(scope, _words(known), officers, recorded, work.now.date())


async def remembered_layout(work: Work, scope: str, digest: str) -> Layout | None:
    """How a file of the same headings was read before, by the same party or by the coordinators."""
    mine = history_layout.c.scope.in_({scope, ""}) & (history_layout.c.digest == digest)
    query = select(history_layout).where(mine).order_by(history_layout.c.scope.desc())
    found = await first(work, query.limit(1))
    return Layout.from_json(found["layout"]) if found else None


async def import_seen(work: Work, import_id: UUID) -> Stored:
    """An import, for its party and the coordinators who meet it; one of several parties for who
    read it in. Raises `NotFound`."""
    kept = await by_id(work, history_import, import_id)
    if work.actor.role in ("admin", "auditor"):
        return kept
    met = await parties_met(work)
    caller = await caller_of(work)
    is_own = kept["read_by"] is not None and kept["read_by"] == caller
    if kept["scope"] not in (met or ()) if kept["scope"] else not is_own:
        raise NotFound
    return kept


async def import_of_file(work: Work, party: str | None, digest: str) -> UUID | None:
    """The import of this very file that was neither dropped nor taken back. Raises as `scope_for`
    does."""
    scope = await scope_for(work, party)
    mine = (history_import.c.scope == scope) & (history_import.c.digest == digest)
    if not scope and work.actor.role != "admin":
        mine &= history_import.c.read_by == await caller_of(work)
    standing = history_import.c.state.not_in(ENDED)
    found = await first(work, select(history_import.c.id).where(mine, standing))
    return found["id"] if found else None


async def locked_import(work: Work, import_id: UUID) -> Stored:
    """An import, held. Raises `NotFound`."""
    await lock_row(work.connection, history_import, id=import_id)
    return await by_id(work, history_import, import_id)


async def import_of_caller(work: Work, import_id: UUID) -> Stored:
    """An import that the caller may move on, held. Raises `NotAllowed` for auditors and
    `NotFound`."""
    await require_role(work, "coordinator", "focal_point")
    await lock_row(work.connection, history_import, id=import_id)
    return await import_seen(work, import_id)


async def open_import(work: Work, import_id: UUID, version: int | None = None) -> Stored:
    """An import that is read and still to be concluded, held. Raises as `import_of_caller` does,
    `ImportHasMoved`, `VersionHasMoved`."""
    kept = await import_of_caller(work, import_id)
    if kept["state"] != ImportState.READ:
        raise ImportHasMoved(f"it is {kept['state']}")
    require_remembered(work, kept)
    if version is not None and kept["version"] != version:
        raise VersionHasMoved
    return kept


async def caller_of(work: Work) -> UUID | None:
    """The person who asks, where they are registered."""
    mine = select(person.c.id).where(person.c.subject == work.actor.subject)
    found = await first(work, mine)
    return found["id"] if found else None


async def _parties(work: Work, codes: Collection[str] | None) -> list[Stored]:
    query = select(party).order_by(party.c.code)
    return await several(work, query if codes is None else query.where(party.c.code.in_(codes)))


def _words(known: Iterable[Stored]) -> dict[str, str]:
    """Codes by every word for a party: its code, our names, and what else a country is called."""
    found: dict[str, str] = {}
    for one in known:
        words = [one["code"], *one["names"].values(), *_called(one["code"])]
        for word in words:
            found.setdefault(folded(word), one["code"])
    return found


def _called(code: str) -> Collection[str]:
    names: list[Any] = [Locale.parse(one).territories.get(code) for one in LANGUAGES]
    return [one for one in names if one]


def _officer(row: Stored) -> KnownOfficer:
    names = {one["script"]: (one["given"], one["family"]) for one in row["names"]}
    return KnownOfficer(row["id"], row["party"], row["officer_reference"], names)


async def recorded_where(work: Work, whose: ColumnElement[bool]) -> frozenset[What]:
    """What is recorded of these persons; of an activity here, on whatever day."""
    code = func.coalesce(activity.c.reference, participation.c.code).label("code")
    query = (
        select(participation, code, person.c.id.label("whose"))
        .join(person, person.c.id == participation.c.person_id)
        .outerjoin(activity, activity.c.id == participation.c.activity_id)
        .where(whose, participation.c.withdrawn_at.is_(None))
    )
    return frozenset(
        (
            row.whose,
            row._mapping[code] or folded(row.title or ""),
            None if row.activity_id else row.held_on,
        )
        for row in await work.connection.execute(query)
    )
