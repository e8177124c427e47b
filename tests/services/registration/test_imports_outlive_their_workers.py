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

AS_EVER, FEW = limits.ROWS_WRITTEN_AT_ONCE, 20
"""Rows in a transaction: some steps go on by few, so that a file of few is as long for them."""
CHUNKS = range(2)
"""After each of which a worker dies."""
IN_THE_MIDDLE = {
    "reading": "in-reading-import",
    "writing": "in-writing-import",
    "undoing": "in-undoing-import",
}


PAST = "officer reference,given name,family name,course,date,outcome"


async def a_worker_lives(url: str, at_once: int, *, crash_at: str = "") -> int:
    """Its exit code, negative for a signal."""
    name = "tests.services.registration.a_workers_life"
    settings = {"CADRE_CRASH_AT": crash_at}
    done = await asyncio.to_thread(run, name, url, str(at_once), environment=settings)
    return done.returncode


def rows_of(at_once: int) -> int:
    """More than two transactions take, fewer than three."""
    return 3 * at_once - at_once // 5


async def asks_for(course: Course, step: str, rows: int) -> str:
    """The import of so many rows stands before a step, and the step is asked for."""
    content = a_roster(*map(numbered, range(1, rows + 1)))
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
    ("step", "at_once", "state", "told"),
    [
        ("reading", FEW, "read", set()),
        ("writing", AS_EVER, "done", {NominationSubmitted, PersonDetailsChanged}),
        ("undoing", FEW, "undone", {NominationWithdrawn, PersonErased}),
    ],
)
async def test_a_worker_killed_after_any_rows_is_followed_by_another(
    registration: Registration,
    database_url: str,
    step: str,
    at_once: int,
    state: str,
    told: set[type],
) -> None:
    course = await a_course(registration)
    rows, crash_at = rows_of(at_once), IN_THE_MIDDLE[step]
    import_id = await asks_for(course, step, rows)
    await registration.said()

    lives = [await a_worker_lives(database_url, at_once, crash_at=crash_at) for _ in CHUNKS]
    half_way = await looks_at(course, import_id)
    finished = await a_worker_lives(database_url, at_once)

    said = Counter(type(one) for one in await registration.said() if type(one) in told)
    imported = await looks_at(course, import_id)
    standing = [one for one in await registration.rows(nomination) if one["status"] == "submitted"]
    officers = [
        one for one in await registration.rows(person) if one["officer_reference"] is not None
    ]
    assert (lives, finished) == ([-signal.SIGKILL] * len(CHUNKS), 0)
    assert half_way["state"] == step
    assert half_way["rows_done"] == (0 if step == "reading" else 2 * at_once)
    assert said == dict.fromkeys(told, rows)
    assert (imported["state"], imported["rows"]["new"]) == (state, rows)
    assert len(standing) == len(officers) == (rows if state == "done" else 0)
    assert len(await registration.rows(roster_import_row)) == (0 if state == "undone" else rows)


@pytest.mark.parametrize(("step", "at_once"), [("writing", AS_EVER), ("undoing", FEW)])
async def test_a_worker_killed_at_past_participations_is_followed_by_another(
    registration: Registration, database_url: str, step: str, at_once: int
) -> None:
    course = await a_course(registration)
    rows, crash_at = rows_of(at_once), IN_THE_MIDDLE[step]
    jordan = course.points["JO"]
    lines = [f"R-{one},Given,Family{one},Analysis,2017,completed" for one in range(rows)]
    read = await sends_past(registration, jordan, a_roster(*lines, header=PAST))
    this = f"/history/imports/{read['id']}"
    create = {"create_officers": {"language": "ar"}}
    if step == "undoing":
        await confirms_past(registration, jordan, read, **create)
    await registration.said()
    asked = "confirmation" if step == "writing" else "withdrawal"
    answer = await jordan.post(f"{this}/{asked}", json=create if step == "writing" else None)

    lives = [await a_worker_lives(database_url, at_once, crash_at=crash_at) for _ in CHUNKS]
    half_way = (await jordan.get(this)).json()
    finished = await a_worker_lives(database_url, at_once)

    said = Counter(type(one) for one in await registration.said())
    done = (await jordan.get(this)).json()
    kept = [one for one in await registration.rows(participation) if not one["withdrawn_at"]]
    assert answer.status_code == 200, answer.text
    assert (lives, finished) == ([-signal.SIGKILL] * len(CHUNKS), 0)
    assert (half_way["state"], half_way["rows_done"]) == (step, 2 * at_once)
    if step == "writing":
        assert said == {ParticipationRecorded: rows, PersonDetailsChanged: rows}
        assert (done["state"], done["result"]["recorded"], len(kept)) == ("done", rows, rows)
    else:
        assert said == {ParticipationWithdrawn: rows, PersonErased: rows}
        assert (done["state"], len(kept)) == ("undone", 0)
