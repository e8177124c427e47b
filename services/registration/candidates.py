"""The field of a call as the rules of selection see it, and the digest of what was submitted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from shared.context import Work

from .domain.nomination import HOLDING_A_SEAT
from .domain.ordering import netstring
from .domain.quotas import Candidate, Quota
from .history import first_timers
from .loading import Stored, by_id, first, nominations_of
from .quotas import quotas_of
from .tables import call, call_quota

FIRST_TIME = "first_time"
ALWAYS_READ = ("sex", "unit")
"""Traits that are in every digest; others are where a quota asks for them."""


@dataclass(frozen=True)
class Pool:
    """What a selection is made from; drawn again while the call is held, it must be the same."""

    reference: str
    seats: int
    quotas: tuple[Quota, ...]
    candidates: tuple[Candidate, ...]

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
    """The pool of a call: what was submitted in time and stands. Raises `NotFound`."""
    kept = await by_id(work, call, call_id)
    rows = [one for one in await nominations_of(work, call_id, ["submitted"]) if not one["late"]]
    quotas = await quotas_of(work, call_id)
    field = await candidates_of(work, call_id, rows)
    return Pool(kept["reference"], kept["seats"], quotas, field)


async def holders_of(work: Work, call_id: UUID) -> tuple[Candidate, ...]:
    """Who holds a seat, offered or confirmed."""
    return await candidates_of(work, call_id, await nominations_of(work, call_id, HOLDING_A_SEAT))


async def waiting_in(work: Work, call_id: UUID) -> tuple[Candidate, ...]:
    """Who waits for a seat."""
    return await candidates_of(work, call_id, await nominations_of(work, call_id, ["waitlisted"]))


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
