"""A worker that dies in the middle of an import loses nothing and doubles nothing."""

import asyncio
import signal
from collections import Counter

import pytest

from services.registration.imports import limits
from services.registration.tables import nomination, participation, person, roster_import_row
from shared.contracts.registration import (
    NominationSubmitted,
    NominationWithdrawn,
    ParticipationRecorded,
    ParticipationWithdrawn,
    PersonDetailsChanged,
    PersonErased,
)
from tests.programs import run
from tests.services.registration.building import Registration
from tests.services.registration.course import Course, a_course
from tests.services.registration.files import a_roster, confirms, looks_at, numbered, sends
from tests.services.registration.past.files import confirms as confirms_past
from tests.services.registration.past.files import sends as sends_past

ROWS = 3 * limits.ROWS_WRITTEN_AT_ONCE - 50
CHUNKS = range(2)
"""After each of which a worker dies."""
IN_THE_MIDDLE = {
    "reading": "in-reading-import",
    "writing": "in-writing-import",
    "undoing": "in-undoing-import",
}


PAST = "officer reference,given name,family name,course,date,outcome"


async def a_worker_lives(url: str, *, crash_at: str = "") -> int:
    """Its exit code, negative for a signal."""
    name = "tests.services.registration.a_workers_life"
    settings = {"CADRE_CRASH_AT": crash_at}
    done = await asyncio.to_thread(run, name, url, environment=settings)
    return done.returncode


async def asks_for(course: Course, step: str) -> str:
    """The import stands before a step, and the step is asked for."""
    content = a_roster(*map(numbered, range(1, ROWS + 1)))
    if step == "reading":
        address = f"/calls/{course.call_id}/imports?party=JO"
        import_id: str = (await course.points["JO"].post(address, content=content)).json()["id"]
        return import_id
    import_id = (await sends(course, content))["id"]
    if step == "undoing":
        await confirms(course, import_id)
    action = "undoing" if step == "undoing" else "confirmation"
    await course.coordinator.post(f"/imports/{import_id}/{action}", json={})
    return import_id


@pytest.mark.parametrize(
    ("step", "state", "told"),
    [
        ("reading", "read", {}),
        ("writing", "done", {NominationSubmitted: ROWS, PersonDetailsChanged: ROWS}),
        ("undoing", "undone", {NominationWithdrawn: ROWS, PersonErased: ROWS}),
    ],
)
async def test_a_worker_killed_after_any_rows_is_followed_by_another(
    registration: Registration, database_url: str, step: str, state: str, told: dict[type, int]
) -> None:
    course = await a_course(registration)
    import_id = await asks_for(course, step)
    await registration.said()

    lives = [await a_worker_lives(database_url, crash_at=IN_THE_MIDDLE[step]) for _ in CHUNKS]
    half_way = await looks_at(course, import_id)
    finished = await a_worker_lives(database_url)

    said = Counter(type(one) for one in await registration.said() if type(one) in told)
    imported = await looks_at(course, import_id)
    standing = [one for one in await registration.rows(nomination) if one["status"] == "submitted"]
    officers = [
        one for one in await registration.rows(person) if one["officer_reference"] is not None
    ]
    assert (lives, finished) == ([-signal.SIGKILL] * len(CHUNKS), 0)
    assert half_way["state"] == step
    assert half_way["rows_done"] == (0 if step == "reading" else 2 * limits.ROWS_WRITTEN_AT_ONCE)
    assert said == told
    assert (imported["state"], imported["rows"]["new"]) == (state, ROWS)
    assert len(standing) == len(officers) == (ROWS if state == "done" else 0)
    assert len(await registration.rows(roster_import_row)) == (0 if state == "undone" else ROWS)


@pytest.mark.parametrize("step", ["writing", "undoing"])
async def test_a_worker_killed_at_past_participations_is_followed_by_another(
    registration: Registration, database_url: str, step: str
) -> None:
    course = await a_course(registration)
    jordan = course.points["JO"]
    rows = [f"R-{one},Given,Family{one},Analysis,2017,completed" for one in range(ROWS)]
    read = await sends_past(registration, jordan, a_roster(*rows, header=PAST))
    this = f"/history/imports/{read['id']}"
    create = {"create_officers": {"language": "ar"}}
    if step == "undoing":
        await confirms_past(registration, jordan, read, **create)
    await registration.said()
    asked = "confirmation" if step == "writing" else "withdrawal"
    answer = await jordan.post(f"{this}/{asked}", json=create if step == "writing" else None)

    lives = [await a_worker_lives(database_url, crash_at=IN_THE_MIDDLE[step]) for _ in CHUNKS]
    half_way = (await jordan.get(this)).json()
    finished = await a_worker_lives(database_url)

    said = Counter(type(one) for one in await registration.said())
    done = (await jordan.get(this)).json()
    kept = [one for one in await registration.rows(participation) if not one["withdrawn_at"]]
    assert answer.status_code == 200, answer.text
    assert (lives, finished) == ([-signal.SIGKILL] * len(CHUNKS), 0)
    assert (half_way["state"], half_way["rows_done"]) == (step, 2 * limits.ROWS_WRITTEN_AT_ONCE)
    if step == "writing":
        assert said == {ParticipationRecorded: ROWS, PersonDetailsChanged: ROWS}
        assert (done["state"], done["result"]["recorded"], len(kept)) == ("done", ROWS, ROWS)
    else:
        assert said == {ParticipationWithdrawn: ROWS, PersonErased: ROWS}
        assert (done["state"], len(kept)) == ("undone", 0)
