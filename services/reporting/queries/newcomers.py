"""Officers who came for the first time: to these activities, and to nothing before them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from shared.context import Work
from shared.rights import Parties

from ..domain.split import ORDER, Split, split
from ..tables import activity, attendance, enrolment, past_participation
from .counted import ATTENDED


async def newcomers(work: Work, activities: Sequence[UUID], parties: Parties) -> Split:
    """Each once, by sex; who came on one day at least, or completed. What was imported counts as
    before where it ended before the first of these began."""
    here: ColumnElement[bool] = enrolment.c.activity_id.in_(activities)
    mine = here if parties is None else and_(here, enrolment.c.party.in_(parties))
    place = case(*((enrolment.c.sex == sex, place) for place, sex in enumerate(ORDER)))
    came = (
        select(
            enrolment.c.person_id,
            func.min(place).label("sex"),
            func.min(activity.c.starts_on).label("first_on"),
        )
        .join(activity, activity.c.id == enrolment.c.activity_id)
        .where(mine, _came(enrolment))
        .group_by(enrolment.c.person_id)
        .subquery()
    )
    query = (
        select(came.c.sex, func.count().label("number"))
        .where(~_imported_before(came), ~_came_before(came))
        .group_by(came.c.sex)
    )
    return split((ORDER[row.sex], row.number) for row in await work.connection.execute(query))


def _came(place: Any) -> ColumnElement[bool]:
    there = (attendance.c.enrolment_id == place.c.id) & attendance.c.status.in_(ATTENDED)
    return or_(place.c.status == "completed", exists().where(there))


def _imported_before(came: Any) -> ColumnElement[bool]:
    past = past_participation
    theirs = (past.c.person_id == came.c.person_id) & past.c.withdrawn.is_(False)
    return exists().where(theirs, past.c.held_on < came.c.first_on)


def _came_before(came: Any) -> ColumnElement[bool]:
    other, of_other = enrolment.alias(), activity.alias()
    earlier = (of_other.c.id == other.c.activity_id) & (of_other.c.starts_on < came.c.first_on)
    return exists().where(other.c.person_id == came.c.person_id, earlier, _came(other))
