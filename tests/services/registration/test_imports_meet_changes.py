"""What changes while an import waits, is written or undone: told row by row."""

from collections.abc import Sequence
from typing import Any

import pytest

from services.registration.tables import nomination, person, roster_import_row
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, Course, a_course
from tests.services.registration.files import (
    a_roster,
    confirms,
    does_some,
    goes_on,
    looks_at,
    numbered,
    problems_of,
    sends,
    undoes,
)
from tests.services.registration.test_calls_are_amended import amends

FIVE = a_roster(*map(numbered, range(1, 6)))


async def asks_for(course: Course, import_id: str, action: str, **how: Any) -> None:
    """The coordinator asks for a step, and no worker has seen it yet."""
    answer = await course.coordinator.post(f"/imports/{import_id}/{action}", json=how)
    assert answer.status_code == 200, answer.text


async def half_written(course: Course, monkeypatch: pytest.MonkeyPatch) -> str:
    """Two rows of five are written."""
    read = await sends(course, FIVE)
    await asks_for(course, read["id"], "confirmation")
    await does_some(course.registration, monkeypatch, "writing")
    return str(read["id"])


def standing(rows: Sequence[dict[str, Any]]) -> list[str]:
    return sorted(one["officer_reference"] for one in rows if one["status"] == "submitted")


async def test_progress_is_shown_while_it_is_written(
    registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = await a_course(registration)
    import_id = await half_written(course, monkeypatch)

    on_the_way = await looks_at(course, import_id)
    done = await goes_on(course, import_id)

    assert (on_the_way["state"], on_the_way["rows_done"], on_the_way["rows_due"]) == (
        *("writing", 2),
        5,
    )
    assert (done["state"], done["refusal"]) == ("done", None)
    assert standing(await registration.rows(nomination)) == [f"R-{one}" for one in range(1, 6)]


async def test_rows_left_when_the_call_closes_are_refused_one_by_one(
    registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = await a_course(registration)
    import_id = await half_written(course, monkeypatch)
    await registration.moves_to(AFTER_THE_DEADLINE)

    done = await goes_on(course, import_id)
    undone = await undoes(course, import_id)

    assert (done["state"], done["refusal"]) == ("done", "call-is-closed")
    assert (done["rows"]["new"], done["rows"]["refused"]) == (2, 3)
    assert undone["state"] == "undone"
    assert standing(await registration.rows(nomination)) == []


async def test_a_quota_filled_meanwhile_is_kept_and_told(
    registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = [{"party": "JO", "most_nominations": 5}, {"party": "TN"}]
    course = await a_course(registration, parties=most)
    import_id = await half_written(course, monkeypatch)
    await course.nominates("JO", 9, priority=3)
    await course.nominates("JO", 10, priority=10)

    done = await goes_on(course, import_id)

    assert (done["state"], done["refusal"]) == ("done", "some-rows-were-refused")
    assert await problems_of(course, import_id) == [
        (4, "G", "priority-is-taken"),
        (6, None, "party-maximum"),
    ]
    assert standing(await registration.rows(nomination)) == [
        *("JO-009", "JO-010"),
        *("R-1", "R-2", "R-4"),
    ]


async def test_a_half_written_import_is_undone(
    registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = await a_course(registration)
    import_id = await half_written(course, monkeypatch)

    await asks_for(course, import_id, "undoing")
    undone = await goes_on(course, import_id)

    erased = [one for one in await registration.rows(person) if one["erased_at"]]
    assert undone["state"] == "undone"
    assert standing(await registration.rows(nomination)) == []
    assert len(erased) == 2
    assert await registration.rows(roster_import_row) == []


async def test_what_is_built_on_while_it_is_undone_stays_and_is_told(
    registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = await a_course(registration)
    read = await sends(course, FIVE)
    await confirms(course, read["id"])
    await asks_for(course, read["id"], "undoing")
    await does_some(course.registration, monkeypatch, "undoing")
    (fourth,) = [
        one for one in await registration.rows(nomination) if one["officer_reference"] == "R-4"
    ]
    gone = await course.points["JO"].post(f"/nominations/{fourth['id']}/withdrawal")

    kept = await goes_on(course, read["id"])
    again = await course.coordinator.post(f"/imports/{read['id']}/undoing")

    assert gone.status_code == 200
    assert (kept["state"], kept["refusal"]) == ("done", "import-was-built-on")
    assert (kept["rows"]["new"], kept["rows"]["undone"]) == (1, 4)
    assert await problems_of(course, read["id"]) == [(5, None, "nomination-moved")]
    assert again.json()["code"] == "import-was-built-on"
    assert standing(await registration.rows(nomination)) == []


async def test_whoever_is_erased_while_it_is_written_is_not_made_known_anew(
    registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = await a_course(registration)
    await confirms(course, (await sends(course, a_roster(numbered(4))))["id"])
    import_id = await half_written(course, monkeypatch)
    (fourth,) = [
        one for one in await registration.rows(person) if one["officer_reference"] == "R-4"
    ]

    await course.admin.post(f"/persons/{fourth['id']}/erasure")
    done = await goes_on(course, import_id)

    assert done["state"] == "done"
    assert "R-4" not in [one["officer_reference"] for one in await registration.rows(person)]


async def test_an_amended_call_has_what_waits_judged_anew(registration: Registration) -> None:
    course = await a_course(registration, units=[{"unit": "biometrics", "minimum": 0}])
    read = await sends(course, a_roster(numbered(1), numbered(2)))

    await amends(course, units=[{"unit": "immigration", "minimum": 0}])
    waiting = await looks_at(course, read["id"])
    early = await course.coordinator.post(f"/imports/{read['id']}/confirmation", json={})
    judged = await goes_on(course, read["id"])
    done = await confirms(course, read["id"])

    assert (read["rows"]["refused"], waiting["state"]) == (2, "judging")
    assert early.json()["code"] == "import-has-moved"
    assert (judged["state"], judged["rows"]["new"], judged["problems"]) == ("read", 2, 0)
    assert done["state"] == "done"
    assert len(await course.standing()) == 2
