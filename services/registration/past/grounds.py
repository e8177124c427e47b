"""What rows of past participations are read and matched against: parties, officers, the known."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from babel import Locale
from sqlalchemy import func, select

from shared.context import Work
from shared.contracts.event import LANGUAGES
from shared.database import lock_row
from shared.refusals import NotAllowed, NotFound
from shared.rights import require_role
from shared.web.versions import VersionHasMoved

from ..loading import (
    Stored,
    by_id,
    first,
    several,
)
from ..refusals.history import ImportIsSettled, PartyIsMissing
from ..rights import parties_met
from ..roster.folding import folded
from ..roster.records import Record
from ..tables import (
    activity,
    history_import,
    history_layout,
    participation,
    party,
    person,
)
from .layout import Layout, evidence_in, orders_of
from .matching import (
    KnownOfficer,
    Matched,
    Matching,
    What,
)
from .rows import Reader
from .sheet import columns_of


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


async def grounds_for(work: Work, scope: str) -> Grounds:
    """All that rows of this scope are read and matched against."""
    known = await _parties(work, scope)
    codes = [one["code"] for one in known]
    mine = person.c.party.in_(codes) & person.c.erased_at.is_(None)
    columns = (person.c.id, person.c.party, person.c.officer_reference, person.c.names)
    people = await several(work, select(*columns).where(mine).order_by(person.c.id))
    officers = [_officer(one) for one in people]
    return Grounds(scope, _words(known), officers, await _recorded(work, codes), work.now.date())


async def remembered_layout(work: Work, scope: str, digest: str) -> Layout | None:
    """How a file of the same headings was read before, by the same party or by the coordinators."""
    mine = history_layout.c.scope.in_({scope, ""}) & (history_layout.c.digest == digest)
    query = select(history_layout).where(mine).order_by(history_layout.c.scope.desc())
    found = await first(work, query.limit(1))
    return Layout.from_json(found["layout"]) if found else None


def matched(layout: Layout, records: Sequence[Record], grounds: Grounds) -> list[Matched]:
    """Every row read and matched. Slow work: done with no transaction open."""
    columns = columns_of(len(layout.columns), [one.cells for one in records])
    orders = orders_of(layout, evidence_in(layout, columns))
    reader = Reader(layout, orders, grounds.parties, grounds.today)
    matching = Matching(grounds.officers, set(grounds.recorded))
    return [matching.match(reader.read(one)) for one in records]


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


async def open_import(work: Work, import_id: UUID, version: int | None = None) -> Stored:
    """An import that is still to be concluded, held. Raises as `unsettled` does, and
    `VersionHasMoved`."""
    await lock_row(work.connection, history_import, id=import_id)
    kept = await unsettled(work, import_id)
    if version is not None and kept["version"] != version:
        raise VersionHasMoved
    return kept


async def unsettled(work: Work, import_id: UUID) -> Stored:
    """An import that is still to be concluded. Raises `NotAllowed` for auditors, `NotFound`,
    `ImportIsSettled`."""
    await require_role(work, "coordinator", "focal_point")
    kept = await import_seen(work, import_id)
    if kept["state"] != "read":
        raise ImportIsSettled
    return kept


async def caller_of(work: Work) -> UUID | None:
    """The person who asks, where they are registered."""
    mine = select(person.c.id).where(person.c.subject == work.actor.subject)
    found = await first(work, mine)
    return found["id"] if found else None


async def _parties(work: Work, scope: str) -> list[Stored]:
    query = select(party)
    met = await parties_met(work)
    if scope:
        query = query.where(party.c.code == scope)
    elif met is not None:
        query = query.where(party.c.code.in_(met))
    return await several(work, query.order_by(party.c.code))


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


async def _recorded(work: Work, codes: Collection[str]) -> frozenset[What]:
    """What is recorded of the officers of these parties; of an activity here, on whatever day."""
    code = func.coalesce(activity.c.reference, participation.c.code).label("code")
    query = (
        select(participation, code, person.c.id.label("whose"))
        .join(person, person.c.id == participation.c.person_id)
        .outerjoin(activity, activity.c.id == participation.c.activity_id)
        .where(person.c.party.in_(codes), participation.c.withdrawn_at.is_(None))
    )
    return frozenset(
        (
            row.whose,
            row._mapping[code] or folded(row.title or ""),
            None if row.activity_id else row.held_on,
        )
        for row in await work.connection.execute(query)
    )
