"""The report: participation in one activity, or in all activities of a project."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from shared.context import Work
from shared.refusals import NotFound
from shared.rights import Parties, parties_of

from .. import tables
from ..domain.participation import Figures, by_days, figures, figures_by
from ..domain.split import Split
from ..shown import (
    ActivityShown,
    DaysFigures,
    FiguresShown,
    OutcomeFigures,
    Participation,
    PartyFigures,
    ProjectShown,
    SplitShown,
    UnitFigures,
)
from .counted import EVERYBODY, nominees, officers, outcomes, participants
from .newcomers import newcomers
from .surroundings import calls_of, certificates_of, deliveries_of, selections_of
from .traits import by_trait


async def of_activity(work: Work, activity_id: UUID) -> Participation:
    """Participation in one activity. Raises `NotFound` for who may not see it."""
    query = select(tables.activity).where(tables.activity.c.id == activity_id)
    row = (await work.connection.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    return await _participation(work, row.project_id, [row])


async def of_project(work: Work, project_id: UUID) -> Participation:
    """Participation in all activities of a project. Raises `NotFound` for who may not see it."""
    activity = tables.activity
    in_order = (activity.c.starts_on, activity.c.reference, activity.c.id)
    query = select(activity).where(activity.c.project_id == project_id)
    rows = await work.connection.execute(query.order_by(*in_order))
    found = rows.all()
    if not found and await _project(work, project_id) is None:
        raise NotFound
    return await _participation(work, project_id, found)


async def _participation(
    work: Work, project_id: UUID, activities: Sequence[Row[Any]]
) -> Participation:
    seen = await parties_of(work, project_id)
    ids = [row.id for row in activities]
    nominated, enrolled = await nominees(work, ids, seen), await participants(work, ids, seen)
    calls, invited = await calls_of(work, ids)
    persons = {by: await officers(work, ids, seen, by=by) for by in (None, "party", "unit")}
    everybody = persons[None].get(EVERYBODY, Split())
    of_parties = figures_by(lambda one: one.party, nominated, enrolled, persons["party"])
    of_units = figures_by(lambda one: one.unit, nominated, enrolled, persons["unit"])
    by_party = await _by_party(work, seen, invited, of_parties)
    return Participation(
        project=await _project(work, project_id),
        activities=[ActivityShown.model_validate(row, from_attributes=True) for row in activities],
        parties_shown=None if seen is None else sorted(seen),
        as_of=work.now,
        seats=calls.seats,
        calls=calls,
        parties_invited=len(invited),
        parties_present=sum(1 for one in by_party if one.participations.total),
        overall=FiguresShown.of(figures(nominated, enrolled, everybody)),
        first_time=SplitShown.of(await newcomers(work, ids, seen)),
        by_party=by_party,
        by_unit=[
            UnitFigures(unit=unit, **dict(FiguresShown.of(one))) for unit, one in of_units.items()
        ],
        by_trait=await by_trait(work, ids, seen),
        by_days=[
            DaysFigures(days=days, **dict(SplitShown.of(split)))
            for days, split in by_days(enrolled).items()
        ],
        outcomes=[
            OutcomeFigures(status=status, **dict(SplitShown.of(split)))
            for status, split in (await outcomes(work, ids, seen)).items()
        ],
        selections=await selections_of(work, ids) if seen is None else [],
        certificates=await certificates_of(work, ids, seen),
        deliveries=await deliveries_of(work, project_id, ids, seen),
    )


async def _by_party(
    work: Work, seen: Parties, invited: frozenset[str], counted: Mapping[str, Figures]
) -> list[PartyFigures]:
    """Every party that nominated or was invited: one that sent nobody is a finding too."""
    codes = counted.keys() | (invited if seen is None else invited & set(seen))
    query = select(tables.party).where(tables.party.c.party.in_(codes))
    names = {row.party: row.names for row in await work.connection.execute(query)}
    return [
        PartyFigures(
            party=code,
            names=names.get(code, {}),
            **dict(FiguresShown.of(counted.get(code) or figures([], [], Split()))),
        )
        for code in sorted(codes)
    ]


async def _project(work: Work, project_id: UUID) -> ProjectShown | None:
    query = select(tables.project).where(tables.project.c.id == project_id)
    row = (await work.connection.execute(query)).one_or_none()
    return ProjectShown.model_validate(row, from_attributes=True) if row else None
