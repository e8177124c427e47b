"""What a call looks at in an officer: for a form or a sheet to offer, and to point at."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from shared.context import Work

from ..domain.conditions import Conditions
from ..domain.quotas import Quota
from ..loading import Stored
from .conditions import conditions_of
from .quotas import quotas_of

COLUMN_OF_QUOTA = {
    "rank_band": "rank_band",
    "specialism": "specialisms",
    "language": "languages",
}


@dataclass(frozen=True)
class Wanted:
    """Codes that the rules and quotas of a call name, and the columns of an officer they look at.

    `units` are those it admits, none: all; `needed` are the columns that are never known
    from before, and without which nobody fits."""

    units: Collection[str] = ()
    specialisms: Collection[str] = ()
    languages: Collection[str] = ()
    declaration: str | None = None
    columns: Collection[str] = ()
    needed: Collection[str] = ()


async def wanted_by(work: Work, call: Stored) -> Wanted:
    """What a call looks at. Raises `NotYetKnown` for its activity."""
    return wanted(await conditions_of(work, call), await quotas_of(work, call["id"]))


def wanted(rules: Conditions, quotas: Collection[Quota]) -> Wanted:
    """The same, from its rules and quotas."""
    named = {one: {q.value for q in quotas if q.dimension == one} for one in COLUMN_OF_QUOTA}
    counted = {column for one, column in COLUMN_OF_QUOTA.items() if named[one]}
    ruled = set(_ruled(rules))
    return Wanted(
        units=sorted(rules.units),
        specialisms=sorted(named["specialism"] | rules.specialisms),
        languages=sorted(named["language"] | rules.all_languages | rules.any_language),
        declaration=rules.declaration,
        columns=ruled | counted,
        needed=ruled & {"rank_band", "declaration", "declared_on"},
    )


def _ruled(rules: Conditions) -> Iterator[str]:
    """The columns that rules look at."""
    if rules.rank_bands:
        yield "rank_band"
    if rules.specialisms:
        yield "specialisms"
    if rules.all_languages or rules.any_language:
        yield "languages"
    if rules.years_minimum is not None or rules.years_maximum is not None:
        yield "serving_since"
    if rules.declaration:
        yield from ("declaration", "declared_on")
