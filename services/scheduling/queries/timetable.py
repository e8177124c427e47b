"""The sessions of an activity as a reader's timetable: where, when, led by whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from shared.context import Work

from ..loading import persons_by_id, venues_by_id
from ..names import Name, full_name
from ..rights import sees_instructors


@dataclass(frozen=True, slots=True)
class Line:
    """One session, with its venue and the names of who leads it; None where the reader may not see
    names."""

    session: Row[Any]
    venue: Row[Any] | None
    instructors: Sequence[Sequence[Name]] | None

    @property
    def day(self) -> date:
        """The local day on which it begins."""
        day: date = self.session.starts_local.date()
        return day

    def led_by(self, language: str) -> list[str]:
        """Who leads it, in the script of a language, or else by id; erased persons have no name."""
        if self.instructors is None:
            return list(self.session.instructor_ids)
        return [name for names in self.instructors if (name := full_name(names, language))]


async def timetable(work: Work, sessions: Sequence[Row[Any]]) -> list[Line]:
    """The lines of some sessions, in the order given."""
    venues = await venues_by_id(work, sessions)
    if not sees_instructors(work):
        return [Line(row, venues.get(row.venue_id), None) for row in sessions]
    persons = await persons_by_id(work, {one for row in sessions for one in _instructors(row)})
    return [Line(row, venues.get(row.venue_id), _names(row, persons)) for row in sessions]


def by_day(lines: Sequence[Line]) -> Iterator[tuple[date, list[Line]]]:
    """The lines of each day."""
    for day, of_day in groupby(lines, key=lambda line: line.day):
        yield day, list(of_day)


def _instructors(row: Row[Any]) -> list[UUID]:
    return list(map(UUID, row.instructor_ids))


def _names(row: Row[Any], persons: Mapping[UUID, Row[Any]]) -> list[Sequence[Name]]:
    return [persons[one].names for one in _instructors(row) if one in persons]
