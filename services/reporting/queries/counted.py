"""Counts nominations, enrolments and officers where they stand: what is read grows with the kinds
of them (party, unit, sex, how far they came), not with their number."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final, get_args
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    distinct,
    func,
    literal,
    select,
)

from shared.context import Work
from shared.contracts.registration.nominations import IMPORT_UNDONE, NominationStatus
from shared.rights import Parties

from ..domain.participation import Nominees, Participants, Step
from ..domain.split import ORDER, Split, split
from ..tables import attendance, enrolment, nomination, nomination_step, session

ATTENDED = ("present", "late")
EVERYBODY: Final = "everybody"
STANDING = {status: place for place, status in enumerate(get_args(NominationStatus))}


async def nominees(work: Work, activities: Sequence[UUID], parties: Parties) -> list[Nominees]:
    """Every nomination for these activities, by how far it ever came."""
    steps = steps_ever_reached(activities).subquery()
    kinds = (nomination.c.party, nomination.c.sex, nomination.c.unit)
    reached = (steps.c.selected, steps.c.confirmed)
    query = (
        select(*kinds, *reached, func.count().label("number"))
        .outerjoin(steps, steps.c.nomination_id == nomination.c.id)
        .where(nominated_for(activities, parties))
        .group_by(*kinds, *reached)
    )
    return [
        Nominees(
            row.number,
            row.party,
            row.sex,
            row.unit,
            frozenset(step for step in (Step.SELECTED, Step.CONFIRMED) if row._mapping[step]),
        )
        for row in await work.connection.execute(query)
    ]


async def outcomes(work: Work, activities: Sequence[UUID], parties: Parties) -> dict[str, Split]:
    """Where the nominations for these activities stand now, by status in the field's order."""
    kinds = (nomination.c.status, nomination.c.sex)
    query = select(*kinds, func.count().label("number")).group_by(*kinds)
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    of_these = query.where(nominated_for(activities, parties))
    for row in await work.connection.execute(of_these):
        found[row.status].append((row.sex, row.number))
    in_order = sorted(found, key=lambda status: (STANDING.get(status, len(STANDING)), status))
    return {status: split(found[status]) for status in in_order}


async def participants(
    work: Work, activities: Sequence[UUID], parties: Parties
) -> list[Participants]:
    """Every enrolment in these activities that was not cancelled, by days attended."""
    attended = _days_attended(activities).subquery()
    days = func.coalesce(attended.c.days, 0).label("days")
    completed = cast(enrolment.c.status == "completed", Integer).label("completed")
    kinds = (enrolment.c.party, enrolment.c.sex, enrolment.c.unit, days, completed)
    query = (
        select(*kinds, func.count().label("number"))
        .outerjoin(attended, attended.c.enrolment_id == enrolment.c.id)
        .where(_taking_part(activities, parties))
        .group_by(*kinds)
    )
    return [
        Participants(row.number, row.party, row.sex, row.unit, row.days, bool(row.completed))
        for row in await work.connection.execute(query)
    ]


async def officers(
    work: Work, activities: Sequence[UUID], parties: Parties, *, by: str | None = None
) -> dict[str, Split]:
    """Persons who take part, each once however often, by `party` or `unit`, else `EVERYBODY`; who
    appears with several sexes is counted as stated (`ORDER`)."""
    key = enrolment.c[by] if by else literal(EVERYBODY)
    place = case(*((enrolment.c.sex == sex, place) for place, sex in enumerate(ORDER)))
    persons = (
        select(key.label("key"), enrolment.c.person_id, func.min(place).label("sex"))
        .where(_taking_part(activities, parties))
        .group_by("key", enrolment.c.person_id)
        .subquery()
    )
    query = select(persons.c.key, persons.c.sex, func.count().label("number"))
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in await work.connection.execute(query.group_by(persons.c.key, persons.c.sex)):
        found[row.key].append((ORDER[row.sex], row.number))
    return {key: split(counted) for key, counted in found.items()}


def _taking_part(activities: Sequence[UUID], parties: Parties) -> ColumnElement[bool]:
    return of_activities(enrolment.c, activities, parties) & (enrolment.c.status != "cancelled")


def nominated_for(activities: Sequence[UUID], parties: Parties) -> ColumnElement[bool]:
    """The nominations that count: not those of a file that was taken back as a whole."""
    counts = nomination.c.reason_code.is_distinct_from(IMPORT_UNDONE)
    return of_activities(nomination.c, activities, parties) & counts


def of_activities(
    columns: Any, activities: Sequence[UUID], parties: Parties
) -> ColumnElement[bool]:
    here: ColumnElement[bool] = columns.activity_id.in_(activities)
    return here if parties is None else and_(here, columns.party.in_(parties))


def steps_ever_reached(activities: Sequence[UUID]) -> Select[tuple[UUID, int, int]]:
    """Of each nomination, whether it was ever in the states that are counted."""

    def ever(step: Step) -> Any:
        return func.max(cast(nomination_step.c.step == step.value, Integer)).label(step.value)

    here = select(nomination.c.id).where(nomination.c.activity_id.in_(activities))
    return (
        select(nomination_step.c.nomination_id, ever(Step.SELECTED), ever(Step.CONFIRMED))
        .where(nomination_step.c.nomination_id.in_(here))
        .group_by(nomination_step.c.nomination_id)
    )


def _days_attended(activities: Sequence[UUID]) -> Select[tuple[UUID, int]]:
    """A day counts once, however many of its sessions were attended; a session that was cancelled
    after all does not count, and one not known here yet does."""
    days = func.count(distinct(attendance.c.held_on)).label("days")
    there = attendance.c.activity_id.in_(activities) & attendance.c.status.in_(ATTENDED)
    held = func.coalesce(session.c.state, "scheduled") != "cancelled"
    return (
        select(attendance.c.enrolment_id, days)
        .outerjoin(session, session.c.id == attendance.c.session_id)
        .where(there, held)
        .group_by(attendance.c.enrolment_id)
    )
