"""Files of officers as tests import them: many rows, in any of the forms; all invented."""

from typing import Any

import pytest

from services.registration.imports import steps
from shared import jobs
from tests.services.registration.building import Registration
from tests.services.registration.course import Course

HEADER = "officer_reference,given_name,family_name,sex,unit,language,priority,phone,sms"


def a_roster(*rows: str, header: str = HEADER) -> bytes:
    """A CSV file as UTF-8."""
    return "\n".join((header, *rows)).encode()


def numbered(number: int, *, sex: str = "male", unit: str = "immigration") -> str:
    """One officer of a file."""
    return f"R-{number},Given,Family {number},{sex},{unit},ar,{number},,no"


async def sends(course: Course, content: bytes, party: str = "JO") -> dict[str, Any]:
    """A focal point sends a file, and a worker reads it: the import as it is then."""
    person = course.points[party] if party else course.coordinator
    address = f"/calls/{course.call_id}/imports" + (f"?party={party}" if party else "")
    answer = await person.post(address, content=content)
    assert answer.status_code in (200, 201), answer.text
    await course.registration.does_jobs()
    return await looks_at(course, answer.json()["id"])


async def looks_at(course: Course, import_id: str) -> dict[str, Any]:
    """An import as it stands."""
    found: dict[str, Any] = (await course.coordinator.get(f"/imports/{import_id}")).json()
    return found


async def confirms(course: Course, import_id: str, **how: bool) -> dict[str, Any]:
    """The coordinator confirms an import, and a worker carries it out: the import as it is then."""
    answer = await course.coordinator.post(f"/imports/{import_id}/confirmation", json=how)
    assert answer.status_code == 200, answer.text
    await course.registration.does_jobs()
    return await looks_at(course, import_id)


async def undoes(course: Course, import_id: str) -> dict[str, Any]:
    """The coordinator has an import undone, and workers forget what only it was about."""
    answer = await course.coordinator.post(f"/imports/{import_id}/undoing")
    assert answer.status_code == 200, answer.text
    while await course.registration.does_jobs():
        pass
    return await looks_at(course, import_id)


async def problems_of(course: Course, import_id: str) -> list[tuple[int, str | None, str]]:
    """What is wrong with a file: row, letter of the column, code."""
    answer = await course.coordinator.get(f"/imports/{import_id}/problems?limit=500")
    return [(one["row"], one["letter"], one["code"]) for one in answer.json()["items"]]


class Stopped(Exception):
    """The worker was stopped between two transactions."""


async def does_some(registration: Registration, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """A worker does the step of an import for two rows, and is stopped before the next two."""

    def stop(name: str) -> None:
        if name == f"in-{step}-import":
            raise Stopped

    with monkeypatch.context() as now:
        now.setattr(steps, "rows_at_once", lambda _state: 2)
        now.setattr(steps, "crash_point", stop)
        with pytest.raises(Stopped):
            await registration.does_jobs()
    await jobs.release_all(registration.service.context)


async def goes_on(course: Course, import_id: str) -> dict[str, Any]:
    """Another worker takes the step up: the import as it is then."""
    while await course.registration.does_jobs():
        pass
    return await looks_at(course, import_id)
