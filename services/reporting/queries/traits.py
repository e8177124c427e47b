"""How far nominees came by what they bring: rank band, specialism, working language."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from shared.context import Work
from shared.rights import Parties

from ..domain.participation import Nominees, Step, figures
from ..domain.split import Split
from ..shown import SplitShown, TraitFigures
from ..tables import nomination
from .counted import nominated_for, steps_ever_reached


async def by_trait(work: Work, activities: Sequence[UUID], parties: Parties) -> list[TraitFigures]:
    """Each value in the order of dimension and value; who has several counts in each of them."""
    steps = steps_ever_reached(activities).subquery()
    reached = (steps.c.selected, steps.c.confirmed)
    traits = (nomination.c.rank_band, nomination.c.specialisms, nomination.c.languages)
    kinds = (nomination.c.sex, *traits, *reached)
    query = (
        select(*kinds, func.count().label("number"))
        .outerjoin(steps, steps.c.nomination_id == nomination.c.id)
        .where(nominated_for(activities, parties))
        .group_by(*kinds)
    )
    groups: defaultdict[tuple[str, str], list[Nominees]] = defaultdict(list)
    for row in await work.connection.execute(query):
        came = frozenset(one for one in (Step.SELECTED, Step.CONFIRMED) if row._mapping[one])
        for trait in _traits_of(row):
            groups[trait].append(Nominees(row.number, "", row.sex, "", came))
    return [_shown(trait, groups[trait]) for trait in sorted(groups)]


def _traits_of(row: Any) -> Iterator[tuple[str, str]]:
    if row.rank_band:
        yield "rank_band", row.rank_band
    yield from (("specialism", one) for one in row.specialisms)
    yield from (("language", one) for one in row.languages)


def _shown(trait: tuple[str, str], nominees: Sequence[Nominees]) -> TraitFigures:
    counted = figures(nominees, [], Split()).steps
    dimension, value = trait
    return TraitFigures(
        dimension=dimension,
        value=value,
        nominated=SplitShown.of(counted[Step.NOMINATED]),
        selected=SplitShown.of(counted[Step.SELECTED]),
        confirmed=SplitShown.of(counted[Step.CONFIRMED]),
    )
