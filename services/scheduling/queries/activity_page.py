"""What the page of an activity shows: its plan, who takes part, how far attendance is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from shared.context import Work
from shared.contracts.event import Localized

from ..certificates import latest
from ..loading import (
    calendar_of,
    enrolments_of,
    found,
    marks_of,
    persons_by_id,
    sessions_of,
    takes_part,
)
from ..names import Name
from ..rights import activity_in_sight, acts_as, sees_names
from ..tables import certificate, enrolment, party, project
from ..telling import reference_of
from .timetable import Line, timetable
from .warnings import Warned, activity_warnings, session_warnings


@dataclass(frozen=True, slots=True)
class Seat:
    """One officer's place; no names where the reader may not see them."""

    place: Row[Any]
    reference: str
    names: Sequence[Name] | None
    certificate: Row[Any] | None
    marks: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """An activity as one reader sees it."""

    activity: Row[Any]
    project: Row[Any]
    lines: Sequence[Line]
    seats: Mapping[str, Sequence[Seat]]
    parties: Mapping[str, Localized]
    warnings: Sequence[Warned]
    is_coordinated: bool
    keeps: frozenset[UUID] = field(default_factory=frozenset)
    has_begun: frozenset[UUID] = field(default_factory=frozenset)
    is_over: bool = False

    @property
    def enrolled(self) -> int:
        """How many have a place."""
        return sum(seat.place.status != "cancelled" for seat in self._all())

    @property
    def instructed(self) -> int:
        """How many of them were told how to join."""
        return sum(
            seat.place.status != "cancelled" and seat.place.instructions_issued_at is not None
            for seat in self._all()
        )

    def concerned(self, session: Row[Any]) -> list[Seat]:
        """The officers a session concerns."""
        return [
            seat
            for seat in self._all()
            if seat.place.status != "cancelled" and takes_part(session, seat.place.person_id)
        ]

    def marked(self, session: Row[Any]) -> int:
        """How many of them have a mark."""
        return sum(session.id in seat.marks for seat in self.concerned(session))

    def _all(self) -> list[Seat]:
        return [seat for seats in self.seats.values() for seat in seats]


async def read_activity_page(work: Work, activity_id: UUID) -> ActivityPage:
    """The page for one reader: of other parties' officers nothing is in it. Raises `NotFound`."""
    row, parties = await activity_in_sight(work, activity_id)
    sessions = await sessions_of(work, activity_id)
    places = [
        place
        for place in await enrolments_of(work, activity_id)
        if parties is None or place.party in parties
    ]
    coordinated = work.actor.role in ("admin", "coordinator")
    held = [one for one in sessions if one.state == "scheduled"]
    return ActivityPage(
        activity=row,
        project=await found(work, project, row.project_id),
        lines=await timetable(work, sessions),
        seats=await _seats(work, row, places, [one.id for one in sessions]),
        parties=await _parties(work),
        warnings=await _warnings(work, row, sessions) if coordinated else [],
        is_coordinated=coordinated,
        keeps=await _kept(work, row, held),
        has_begun=frozenset(one.id for one in held if one.starts_at <= work.now),
        is_over=bool(held) and max(one.ends_at for one in held) <= work.now,
    )


async def _seats(
    work: Work, row: Row[Any], places: Sequence[Row[Any]], session_ids: Sequence[UUID]
) -> dict[str, list[Seat]]:
    named = await sees_names(work, row)
    persons = await persons_by_id(work, {one.person_id for one in places}) if named else {}
    query = select(certificate).join(enrolment, latest())
    query = query.where(certificate.c.activity_id == row.id)
    papers = {one.enrolment_id: one for one in await work.connection.execute(query)}
    marks: dict[UUID, dict[UUID, str]] = {}
    for mark in await marks_of(work, session_ids):
        marks.setdefault(mark.enrolment_id, {})[mark.session_id] = mark.status
    seats: dict[str, list[Seat]] = {}
    for place in places:
        officer = persons.get(place.person_id)
        names = (officer.names if officer else []) if named else None
        reference = reference_of(row, place)
        seat = Seat(place, reference, names, papers.get(place.id), marks.get(place.id, {}))
        seats.setdefault(place.party, []).append(seat)
    return seats


async def _parties(work: Work) -> dict[str, Localized]:
    rows = await work.connection.execute(select(party.c.party, party.c.names))
    return {row.party: row.names for row in rows}


async def _warnings(work: Work, row: Row[Any], sessions: Sequence[Row[Any]]) -> list[Warned]:
    host = await calendar_of(work, row.country)
    warned = activity_warnings(row, host)
    for session in sessions:
        warned += [one for one in session_warnings(session, host) if one not in warned]
    return sorted(warned, key=lambda one: (one.day, one.kind))


async def _kept(work: Work, row: Row[Any], held: Sequence[Row[Any]]) -> frozenset[UUID]:
    """The sessions whose attendance the reader keeps."""
    if work.actor.role in ("admin", "coordinator"):
        return frozenset(one.id for one in held)
    if work.actor.role != "instructor":
        return frozenset()
    mine = await acts_as(work, row.project_id)
    return frozenset(one.id for one in held if mine & set(map(UUID, one.instructor_ids)))
