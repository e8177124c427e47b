"""Loads nominations and enrolments as the domain counts them."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, distinct, func, select

from shared.context import Work
from shared.rights import Parties

from ..domain.participation import Nominee, Participant
from ..tables import attendance, enrolment, nomination, nomination_step, session

ATTENDED = ("present", "late")


async def nominees(work: Work, activities: Sequence[UUID], parties: Parties) -> list[Nominee]:
    """Every nomination for these activities, with all the steps it ever reached."""
    query = select(nomination).where(nomination.c.activity_id.in_(activities))
    if parties is not None:
        query = query.where(nomination.c.party.in_(parties))
    rows = (await work.connection.execute(query)).all()
    steps = await _steps(work, query)
    return [
        Nominee(row.person_id, row.party, row.sex, row.unit, frozenset(steps[row.id]))
        for row in rows
    ]


async def participants(
    work: Work, activities: Sequence[UUID], parties: Parties
) -> list[Participant]:
    """Every enrolment in these activities, with the days on which a session was attended."""
    days = _days_attended(activities).subquery()
    query = (
        select(enrolment, func.coalesce(days.c.days, 0).label("days"))
        .outerjoin(days, days.c.enrolment_id == enrolment.c.id)
        .where(enrolment.c.activity_id.in_(activities))
    )
    if parties is not None:
        query = query.where(enrolment.c.party.in_(parties))
    return [
        Participant(
            person=row.person_id,
            party=row.party,
            sex=row.sex,
            unit=row.unit,
            days=row.days,
            cancelled=row.status == "cancelled",
            completed=row.status == "completed",
        )
        for row in await work.connection.execute(query)
    ]


async def _steps(work: Work, nominations: Select[tuple[object, ...]]) -> dict[UUID, set[str]]:
    wanted = nominations.with_only_columns(nomination.c.id)
    query = select(nomination_step).where(nomination_step.c.nomination_id.in_(wanted))
    steps: defaultdict[UUID, set[str]] = defaultdict(set)
    for row in await work.connection.execute(query):
        steps[row.nomination_id].add(row.step)
    return steps


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
