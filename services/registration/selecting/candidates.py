"""The field of a call as the rules of selection see it, and the digest of what was submitted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from shared.context import Work

from ..calls.quotas import quotas_of
from ..domain.counts import Kind
from ..domain.kinds import counted_by
from ..domain.looking import Crowd, crowds
from ..domain.nomination import HOLDING_A_SEAT
from ..domain.ordering import netstring
from ..domain.quotas import (
    SEATS,
    Candidate,
    Quota,
    in_order,
)
from ..loading import (
    Stored,
    by_id,
    first,
    nominations_of,
    several,
)
from ..past.history import first_timers
from ..screening.standing import is_asked_for, seatable_and_waiting, seatable_ids
from ..tables import call, call_quota, nomination

FIRST_TIME = "first_time"
SEVERAL = ("specialisms", "languages")
COLUMNS = {"specialism": "specialisms", "language": "languages", FIRST_TIME: "person_id"}
"""Where a dimension stands in a nomination; the others stand under their own name."""
NOBODY: Mapping[str, Any] = MappingProxyType(
    {
        **dict.fromkeys(("id", "person_id", "party", "officer_reference", "sex", "unit")),
        **dict.fromkeys(SEVERAL, ()),
        **dict.fromkeys(("rank_band", "priority", "late", "score")),
    }
)
"""What is read of a nomination, with nothing in it."""
WAITING = ("waitlisted",)
ALWAYS_READ = ("sex", "unit")
"""Traits that are in every digest; others are where a quota asks for them."""


@dataclass(frozen=True)
class Pool:
    """What a selection is made from; drawn again while the call is held, it must be the same."""

    reference: str
    seats: int
    quotas: tuple[Quota, ...]
    candidates: tuple[Candidate, ...]
    waiting_for_clearance: int = 0
    """How many nominations are not in it because their officers are not cleared yet."""

    @property
    def digest(self) -> str:
        """SHA-256 over call, quotas and what of the submitted bears on them, however entered."""
        asked = [f"{one.dimension} {one.value} {one.minimum} {one.maximum}" for one in self.quotas]
        named = {*ALWAYS_READ, *(one.dimension for one in self.quotas)}
        submitted = [
            "\n".join((one.party, one.reference, str(one.rank), *_traits(one, named)))
            for one in self.candidates
        ]
        texts = (self.reference, str(self.seats), *sorted(asked), *sorted(submitted))
        return sha256(b"".join(netstring(text) for text in texts)).hexdigest()


async def pool_of(work: Work, call_id: UUID) -> Pool:
    """The pool of a call: what was submitted in time and stands, and was cleared where nominees are
    screened. Raises `NotFound`."""
    kept = await by_id(work, call, call_id)
    rows = [one for one in await nominations_of(work, call_id, ["submitted"]) if not one["late"]]
    quotas = await quotas_of(work, call_id)
    inside, waiting = await seatable_and_waiting(work, kept, rows)
    field = await candidates_of(work, call_id, inside)
    return Pool(kept["reference"], kept["seats"], quotas, field, waiting)


async def holders_of(work: Work, call_id: UUID) -> tuple[Candidate, ...]:
    """Who holds a seat, offered or confirmed."""
    return await _standing(work, call_id, HOLDING_A_SEAT)


async def waiting_in(work: Work, call_id: UUID) -> tuple[Sequence[Candidate], Sequence[Candidate]]:
    """Who waits for a seat and may be given one, and who may not now."""
    waiting = await _standing(work, call_id, WAITING)
    kept = await by_id(work, call, call_id)
    may_be = await seatable_ids(work, kept, [one.nomination_id for one in waiting])
    return (
        [one for one in waiting if one.nomination_id in may_be],
        [one for one in waiting if one.nomination_id not in may_be],
    )


async def waiting_by_kind(
    work: Work, call_id: UUID, *, whoever_waits: bool = False
) -> Mapping[Kind, Crowd]:
    """How many wait whom the same quotas count, only those who may be given a seat or `whoever`;
    counted by the database where it can be."""
    quotas = in_order(await quotas_of(work, call_id))
    asked = {one.dimension for one in quotas}
    kept = await by_id(work, call, call_id)
    counts_all = whoever_waits or not await is_asked_for(work, kept["project_id"])
    if FIRST_TIME in asked or not counts_all:
        waiting, not_now = await waiting_in(work, call_id)
        counted = (*waiting, *not_now) if counts_all else waiting
        return _crowds(quotas, [(one, 1) for one in counted])
    coded = [nomination.c[COLUMNS.get(name, name)] for name in sorted(asked - {SEATS})]
    waits = (nomination.c.call_id == call_id) & nomination.c.status.in_(WAITING)
    number = func.count().label("number")
    query = select(*coded, number).where(waits).group_by(*coded)
    rows = await several(work, query)
    return _crowds(quotas, [(candidate({**NOBODY, **row}), row["number"]) for row in rows])


def _crowds(
    quotas: Sequence[Quota], waiting: Sequence[tuple[Candidate, int]]
) -> Mapping[Kind, Crowd]:
    kinds = counted_by(quotas, [one for one, _ in waiting])
    return crowds((kind, *one) for kind, one in zip(kinds, waiting, strict=True))


async def _standing(work: Work, call_id: UUID, statuses: Collection[str]) -> tuple[Candidate, ...]:
    """Nominations of some statuses; of their traits those that a quota of the call asks for."""
    asked = {COLUMNS.get(one.dimension) for one in await quotas_of(work, call_id)}
    columns = [nomination.c[name] for name in NOBODY if name not in SEVERAL or name in asked]
    mine = (nomination.c.call_id == call_id) & nomination.c.status.in_(statuses)
    rows = await several(work, select(*columns).where(mine))
    return await candidates_of(work, call_id, [{**NOBODY, **row} for row in rows])


async def candidates_of(
    work: Work, call_id: UUID, rows: Collection[Stored]
) -> tuple[Candidate, ...]:
    """Nominations as the rules see them; whose first time it is, where a quota asks for that."""
    asked = (call_quota.c.call_id == call_id) & (call_quota.c.dimension == FIRST_TIME)
    if await first(work, select(call_quota.c.value).where(asked)) is None:
        return tuple(candidate(row) for row in rows)
    new = await first_timers(work, {row["person_id"] for row in rows})
    return tuple(candidate(row, first_time=row["person_id"] in new) for row in rows)


def candidate(row: Stored, *, first_time: bool = False) -> Candidate:
    """One nomination as the rules see it, apart from other records."""
    return Candidate(
        nomination_id=row["id"],
        party=row["party"],
        reference=row["officer_reference"],
        rank=row["priority"],
        traits={**traits_of(row), FIRST_TIME: "yes" if first_time else ()},
        late=row["late"],
        score=row.get("score"),
    )


def traits_of(row: Stored) -> Mapping[str, str | Collection[str]]:
    """The values of a nomination in each dimension of quotas."""
    return {
        "sex": row["sex"],
        "unit": row["unit"],
        "rank_band": row["rank_band"] or (),
        "specialism": tuple(row["specialisms"]),
        "language": tuple(row["languages"]),
    }


def _traits(one: Candidate, named: Collection[str]) -> Sequence[str]:
    traits = [
        f"{name}={value}"
        for name in sorted(one.traits)
        if name in named
        for value in sorted(one.values_in(name))
    ]
    return traits if one.score is None else [*traits, f"score={one.score}"]
