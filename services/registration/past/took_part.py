"""Participations as scheduling tells of them: enrolments and attendance, in whatever order."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from shared.context import Work
from shared.contracts import Fact
from shared.contracts.scheduling import AttendanceRecorded, EnrolmentState
from shared.database import insert_new
from shared.keeping import keep_newest

from ..domain.participation import outcome_of
from ..loading import several
from ..tables import (
    attendance,
    enrolment,
    participation,
    person,
)

WAS_THERE = ("present", "late")


async def keep_enrolments(work: Work, facts: Sequence[Fact[EnrolmentState]]) -> None:
    """Newest: what became of an officer's place in an activity."""
    living = await of_the_living(work, facts)
    enrolment_ids = await _held(work, living)
    await keep_newest(work, enrolment, living)
    await _derive(work, enrolment_ids)


async def keep_attendance(work: Work, facts: Sequence[Fact[AttendanceRecorded]]) -> None:
    """Newest: whether an officer was there."""
    living = await of_the_living(work, facts)
    enrolment_ids = await _held(work, living)
    await keep_newest(work, attendance, living)
    await _derive(work, enrolment_ids)


async def of_the_living(work: Work, facts: Sequence[Fact[Any]]) -> list[Fact[Any]]:
    """Nothing comes back of who was erased, or is at this moment: an erasure waits, or is seen."""
    person_ids = {fact.event.person_id for fact in facts}
    mine = select(person.c.id).where(person.c.id.in_(person_ids)).order_by(person.c.id)
    await several(work, mine.with_for_update(read=True, key_share=True))
    erased = await work.erased(*person_ids)
    return [fact for fact in facts if fact.event.person_id not in erased]


async def _held(work: Work, facts: Sequence[Fact[Any]]) -> list[UUID]:
    """The participation of each place, made where it is new and held: who comes second derives it
    from what the first has kept as well."""
    events = {fact.event.enrolment_id: fact.event for fact in facts}
    ids = sorted(events)
    rows = [
        {
            "id": one,
            "person_id": events[one].person_id,
            "source": "scheduling",
            "activity_id": events[one].activity_id,
            "version": 1,
        }
        for one in ids
    ]
    await insert_new(work.connection, participation, rows)
    query = select(participation.c.id).where(participation.c.id.in_(ids))
    await several(work, query.order_by(participation.c.id).with_for_update())
    return ids


async def _derive(work: Work, enrolment_ids: Collection[UUID]) -> None:
    if not enrolment_ids:
        return
    places = await several(work, select(enrolment).where(enrolment.c.id.in_(enrolment_ids)))
    known = {one["id"]: one for one in places}
    last = await _last_day_there(work, enrolment_ids)
    rows = [
        {
            "key": one,
            "outcome": outcome_of(
                known.get(one, {}).get("status"),
                known.get(one, {}).get("sessions_attended", 0),
                was_there=one in last,
            ),
            "held_on": last.get(one),
        }
        for one in enrolment_ids
    ]
    statement = participation.update().where(participation.c.id == bindparam("key"))
    await work.connection.execute(statement, rows)


async def _last_day_there(work: Work, enrolment_ids: Collection[UUID]) -> Mapping[UUID, date]:
    query = (
        select(attendance.c.enrolment_id, func.max(attendance.c.held_on).label("day"))
        .where(attendance.c.enrolment_id.in_(enrolment_ids), attendance.c.status.in_(WAS_THERE))
        .group_by(attendance.c.enrolment_id)
    )
    return {row["enrolment_id"]: row["day"] for row in await several(work, query)}
