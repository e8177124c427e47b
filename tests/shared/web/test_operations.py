"""What those who run a service ask it: health, accounts, the story, and events set aside."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.contracts.registration import PersonDetailsChanged, SeatOffered
from shared.ids import new_id
from shared.jobs import Later, plan
from shared.messaging.deferred import Setback, defer
from shared.messaging.outbox import count
from shared.tables import deferred, job
from tests.shared.web.diary import BEGIN, Diary, StillTransport

PERSON = {"person_id": str(uuid4()), "email": "amal.haddad@police.example"}
OFFER = {"person_id": str(uuid4()), "link": "https://cadre.example/registration/offer/c0de"}


async def set_aside(
    diary: Diary, *, event_type: str = SeatOffered.type, data: Any = None, parked: bool = True
) -> UUID:
    """An event this service could not take in."""
    body = json.dumps({"id": "e1", "type": event_type, "data": data or OFFER}).encode()
    letter = {
        "source": "urn:cadre:test:scheduling",
        "event_id": str(new_id()),
        "type": event_type,
        "person_id": None,
        "body": body,
    }
    reason = "failed" if not parked else "unreadable"
    await defer(diary.context, "registration", letter, Setback(reason, "KeyError in a handler"))
    async with diary.context.database.reading() as connection:
        found = (await connection.execute(deferred.select().order_by(deferred.c.id))).all()
    identity: UUID = found[-1].id
    return identity


async def states(diary: Diary) -> list[str]:
    async with diary.context.database.reading() as connection:
        found = await connection.execute(deferred.select().order_by(deferred.c.id))
        return [row.state for row in found]


async def test_service_lives_and_is_ready(diary: Diary) -> None:
    live = await diary.ask("GET", "/health/live", role=None)
    ready = await diary.ask("GET", "/health/ready", role=None)

    assert (live.status_code, live.json()) == (200, {"status": "live"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})


async def test_figures_add_up_what_was_committed_taken_in_and_stale(diary: Diary) -> None:
    for number in range(4):
        await diary.write(f"note {number}")

    async def take_in(work: Any) -> None:
        for _ in range(9):
            await count(work, "taken-in", "registration", "a.b.c.v1", 2)
        await count(work, "taken-in", "registration-notes", "a.b.c.v1", 1)
        await count(work, "stale", "registration", "a.b.c.v1", 3)
        await count(work, "purged", "", "a.b.d.v1", 1)

    context = diary.context
    await context.commit(take_in, actor=context.itself, correlation_id="c")

    figures = (await diary.ask("GET", "/figures", role="auditor")).json()

    assert figures == {
        "service": "registration",
        "committed": {"registration.party.described.v1": 4},
        "purged": {"a.b.d.v1": 1},
        "taken_in": {"registration": {"a.b.c.v1": 18}, "registration-notes": {"a.b.c.v1": 1}},
        "stale": {"registration": {"a.b.c.v1": 3}},
    }


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/figures", {"admin", "auditor"}),
        ("GET", "/audit", {"admin", "auditor"}),
        ("GET", "/deadletters", {"admin"}),
        ("GET", f"/deadletters/{uuid4()}", {"admin"}),
        ("POST", f"/deadletters/{uuid4()}/replay", {"admin"}),
        ("POST", f"/deadletters/{uuid4()}/discard", {"admin"}),
        ("GET", "/story", {"admin", "auditor", "coordinator"}),
        ("PUT", "/story", {"admin"}),
    ],
)
async def test_operations_are_for_those_who_run_the_service(
    method: str, path: str, allowed: set[str], told_diary: Diary
) -> None:
    body = {"json": {"now": BEGIN.isoformat()}} if method == "PUT" else {}

    answers: dict[str, int] = {}
    for role in ("focal_point", "instructor", "coordinator", "auditor", "admin"):
        answer = await told_diary.ask(method, path, role=role, **body)  # type: ignore[arg-type]
        answers[role] = answer.status_code

    assert {role for role, status in answers.items() if status != 403} == allowed
    denied = [one for one in await told_diary.records() if one.refusal == "not-allowed"]
    assert len(denied) == 5 - len(allowed)


async def test_events_set_aside_are_listed_in_pages_without_their_bodies(diary: Diary) -> None:
    identities = [str(await set_aside(diary)) for _ in range(5)]

    first = (await diary.ask("GET", "/deadletters?limit=3", role="admin")).json()
    path = f"/deadletters?limit=3&after={first['next']}"
    rest = (await diary.ask("GET", path, role="admin")).json()

    letters = first["items"] + rest["items"]
    assert [letter["id"] for letter in letters] == identities
    assert {letter["body"] for letter in letters} == {None}
    assert letters[0]["error"] == "KeyError in a handler"
    assert rest["next"] is None


async def test_event_set_aside_is_shown_without_its_secrets(diary: Diary) -> None:
    offer = await set_aside(diary)
    person = await set_aside(diary, event_type=PersonDetailsChanged.type, data=PERSON)
    unknown = await set_aside(diary, event_type="a.b.c.v1", data=PERSON)

    shown = {
        one: await diary.ask("GET", f"/deadletters/{one}", role="admin")
        for one in (offer, person, unknown)
    }

    assert shown[offer].json()["body"]["data"] == {**OFFER, "link": None}
    assert shown[person].json()["body"]["data"] is None
    assert shown[unknown].json()["body"] is None
    assert not any("c0de" in one.text or "amal" in one.text for one in shown.values())


@pytest.mark.parametrize("body", [b"", b"\xff", b"[1]", b'"x"', b"{", b"[" * 99_999, b"{}"])
async def test_event_that_can_not_be_read_is_shown_without_its_body(
    body: bytes, diary: Diary
) -> None:
    identity = await set_aside(diary)
    async with diary.context.database.writing() as connection:
        await connection.execute(deferred.update().values(body=body))

    answer = await diary.ask("GET", f"/deadletters/{identity}", role="admin")

    assert answer.status_code == 200
    assert answer.json()["body"] in (None, {"data": None}, {})


async def test_parked_event_is_replayed_or_thrown_away_once(diary: Diary) -> None:
    first, second = await set_aside(diary), await set_aside(diary)

    replayed = await diary.ask("POST", f"/deadletters/{first}/replay", role="admin")
    discarded = await diary.ask("POST", f"/deadletters/{second}/discard", role="admin")
    again = [
        await diary.ask("POST", f"/deadletters/{first}/replay", role="admin"),
        await diary.ask("POST", f"/deadletters/{second}/discard", role="admin"),
    ]

    assert (replayed.status_code, discarded.status_code) == (204, 204)
    assert [answer.status_code for answer in again] == [404, 404]
    assert await states(diary) == ["waiting"]
    assert [(one.action, one.outcome) for one in await diary.records()] == [
        ("replay-dead-letter", "done"),
        ("discard-dead-letter", "done"),
        ("replay-dead-letter", "denied"),
        ("discard-dead-letter", "denied"),
    ]


async def test_event_that_still_waits_is_neither_replayed_nor_thrown_away(diary: Diary) -> None:
    identity = await set_aside(diary, parked=False)

    for decision in ("replay", "discard"):
        answer = await diary.ask("POST", f"/deadletters/{identity}/{decision}", role="admin")
        assert answer.status_code == 404
    assert await states(diary) == ["waiting"]


async def test_story_moves_forward_and_says_what_is_not_finished(told_diary: Diary) -> None:
    later = BEGIN + timedelta(days=3)
    await told_diary.ask("PUT", "/story", role="admin", json={"now": BEGIN.isoformat()})
    await told_diary.write()
    await set_aside(told_diary)
    await set_aside(told_diary, parked=False)

    async def plan_two(work: Any) -> None:
        await plan(work, Later("remind", "a", {}, BEGIN), Later("remind", "b", {}, later))

    context = told_diary.context
    await context.commit(plan_two, actor=context.itself, correlation_id="c")

    before = (await told_diary.ask("GET", "/story")).json()
    moved = await told_diary.ask("PUT", "/story", role="admin", json={"now": later.isoformat()})
    after = (await told_diary.ask("GET", "/story")).json()

    told = {"outbox": 1, "queued": StillTransport().waiting, "deferred": 1, "parked": 1}
    assert before == {"now": "2018-05-01T06:00:00Z", "jobs_due": 1, **told}
    assert moved.status_code == 200
    assert moved.json() == after
    assert after == {"now": "2018-05-04T06:00:00Z", "jobs_due": 2, **told}


async def test_job_that_is_being_done_is_not_finished(told_diary: Diary) -> None:
    await told_diary.ask("PUT", "/story", role="admin", json={"now": BEGIN.isoformat()})

    async def plan_one(work: Any) -> None:
        await plan(work, Later("remind", "a", {}, BEGIN + timedelta(days=9)))
        await work.connection.execute(job.update().values(state="running"))

    context = told_diary.context
    await context.commit(plan_one, actor=context.itself, correlation_id="c")

    assert (await told_diary.ask("GET", "/story")).json()["jobs_due"] == 1


async def test_story_never_goes_back(told_diary: Diary) -> None:
    await told_diary.ask("PUT", "/story", role="admin", json={"now": BEGIN.isoformat()})

    back = (BEGIN - timedelta(microseconds=1)).isoformat()
    answer = await told_diary.ask("PUT", "/story", role="admin", json={"now": back})
    same = await told_diary.ask("PUT", "/story", role="admin", json={"now": BEGIN.isoformat()})

    assert (answer.status_code, same.status_code) == (422, 200)
    assert answer.json()["code"] == "story-runs-forward-only"
    assert (await told_diary.ask("GET", "/story")).json()["now"] == "2018-05-01T06:00:00Z"


async def test_time_that_is_none_moves_no_story(told_diary: Diary) -> None:
    for now in (
        "2018-06-24T09:00:00",
        "tomorrow",
        1_500_000_000,
        None,
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59.999999-14:00",
        "2200-01-01T00:00:00Z",
    ):
        answer = await told_diary.ask("PUT", "/story", role="admin", json={"now": now})
        assert (now, answer.status_code) == (now, 422)
        assert [one["path"] for one in answer.json()["errors"]] == ["now"]
