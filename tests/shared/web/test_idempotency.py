"""The same request with the same Idempotency-Key has one effect and one answer."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from shared.tables import outbox, stored_answer
from tests.shared.web.diary import Diary, an_entry
from tests.shared.web.diary_api import entry

KEY = {"Idempotency-Key": "7d0e-1"}


async def number_of(diary: Diary, table: Any) -> int:
    async with diary.context.database.reading() as connection:
        query = select(func.count()).select_from(table)
        return int((await connection.execute(query)).scalar_one())


async def post(diary: Diary, words: str = "a note", **more: Any) -> httpx.Response:
    return await diary.ask("POST", "/entries", json=an_entry(words), headers=KEY, **more)


async def test_same_request_gets_the_first_answer_again(diary: Diary) -> None:
    first = await post(diary)

    again = [await post(diary) for _ in range(3)]

    for answer in again:
        assert (answer.status_code, answer.content) == (201, first.content)
        assert answer.headers["etag"] == first.headers["etag"] == '"1"'
        assert answer.headers["content-type"] == first.headers["content-type"]
        assert answer.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    assert await number_of(diary, entry) == 1
    assert await number_of(diary, outbox) == 1
    assert len(await diary.records()) == 1


async def test_answer_without_a_body_is_repeated_too(diary: Diary) -> None:
    diary.doors.opened.set()

    first = await diary.ask("POST", "/slow", headers=KEY)
    again = await diary.ask("POST", "/slow", headers=KEY)

    assert (first.status_code, again.status_code) == (204, 204)
    assert again.headers["idempotent-replayed"] == "true"
    assert "content-type" not in again.headers
    assert diary.doors.effects == ["coordinator"]


async def test_key_of_another_request_is_refused(diary: Diary) -> None:
    await post(diary)

    other_body = await post(diary, "another note")
    other_query = await diary.ask("POST", "/entries?party=JO", json=an_entry(), headers=KEY)

    assert (other_body.status_code, other_query.status_code) == (422, 422)
    assert other_body.json()["code"] == "idempotency-key-reused"
    assert await number_of(diary, entry) == 1


async def test_body_that_nobody_asked_for_tells_requests_apart_too(diary: Diary) -> None:
    diary.doors.opened.set()

    answers = [
        await diary.ask("POST", "/slow", content=content, headers=KEY)
        for content in (b"", b"", b"another")
    ]
    endless = await diary.ask("POST", "/slow", content=b"x" * 300_000)

    assert [answer.status_code for answer in answers] == [204, 204, 422]
    assert endless.status_code == 413
    assert diary.doors.effects == ["coordinator"]


async def test_addresses_that_only_differ_far_behind_are_told_apart(diary: Diary) -> None:
    first, second = (f"/long/{'x' * 400}{end}" for end in "ab")

    answers = [await diary.ask("POST", path, headers=KEY) for path in (first, first, second)]

    replayed = ["idempotent-replayed" in answer.headers for answer in answers]
    assert [answer.status_code for answer in answers] == [204, 204, 204]
    assert replayed == [False, True, False]


async def test_stored_answer_does_not_hold_the_secret_of_the_address(diary: Diary) -> None:
    await diary.ask("POST", "/long/a-secret-code", headers=KEY)

    async with diary.context.database.reading() as connection:
        (stored,) = (await connection.execute(select(stored_answer))).all()
    assert "a-secret-code" not in str(stored)


async def test_key_is_each_callers_and_each_addresses_own(diary: Diary) -> None:
    diary.doors.opened.set()

    await post(diary, subject="amal")
    await post(diary, "another note", subject="badr")
    await diary.ask("POST", "/slow", headers=KEY, subject="amal")

    assert await number_of(diary, entry) == 2
    assert diary.doors.effects == ["amal"]


@pytest.mark.both_databases
async def test_twenty_requests_at_once_have_one_effect(diary: Diary) -> None:
    diary.doors.opened.set()

    answers = await asyncio.gather(*(diary.ask("POST", "/slow", headers=KEY) for _ in range(20)))

    assert {answer.status_code for answer in answers} <= {204, 409}
    assert diary.doors.effects == ["coordinator"]
    assert sum(answer.status_code == 204 for answer in answers) >= 1


async def test_request_that_is_still_running_is_named(diary: Diary) -> None:
    running = asyncio.create_task(diary.ask("POST", "/slow", headers=KEY))
    await asyncio.wait_for(diary.doors.reached.wait(), 5)

    meanwhile = await diary.ask("POST", "/slow", headers=KEY)
    diary.doors.opened.set()
    finished = await running
    later = await diary.ask("POST", "/slow", headers=KEY)

    assert (meanwhile.status_code, meanwhile.json()["code"]) == (409, "same-request-is-running")
    assert meanwhile.headers["retry-after"] == "1"
    assert (finished.status_code, later.status_code) == (204, 204)
    assert diary.doors.effects == ["coordinator"]


async def test_same_request_at_another_process_has_no_second_effect(diary: Diary) -> None:
    running = asyncio.create_task(diary.ask("POST", "/slow", headers=KEY))
    await asyncio.wait_for(diary.doors.reached.wait(), 5)

    diary.context.running.clear()  # as another process would not know of it
    other = asyncio.create_task(diary.ask("POST", "/slow", headers=KEY))
    if not diary.context.database.is_sqlite:
        assert (await other).status_code == 409
    diary.doors.opened.set()

    assert {(await one).status_code for one in (running, other)} <= {204, 409}
    assert len(diary.doors.effects) - (diary.context.database.is_sqlite) <= 1
    assert await number_of(diary, stored_answer) == 1


async def test_refused_command_is_decided_anew(diary: Diary) -> None:
    refused = await post(diary, "full")
    async with diary.context.database.writing() as connection:
        await connection.execute(entry.delete())

    again = await post(diary, "full")
    corrected = await post(diary, "a note")

    assert (refused.status_code, again.status_code) == (409, 409)
    assert "idempotent-replayed" not in again.headers
    assert corrected.status_code == 201
    assert [record.outcome for record in await diary.records()] == ["refused", "refused", "done"]


async def test_failed_command_may_be_tried_again(diary: Diary) -> None:
    failed = await diary.ask("POST", "/twice", headers=KEY)
    again = await diary.ask("POST", "/twice", headers=KEY)

    assert (failed.status_code, again.status_code) == (500, 500)
    assert diary.context.running == set()
    assert await number_of(diary, stored_answer) == 0


async def test_answer_is_forgotten_after_a_day(
    diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    await post(diary)
    machine = diary.context.clock.machine
    monkeypatch.setattr(
        diary.context.clock, "machine", lambda: machine() + timedelta(hours=23, minutes=59)
    )
    assert "idempotent-replayed" in (await post(diary)).headers

    monkeypatch.setattr(
        diary.context.clock, "machine", lambda: machine() + timedelta(hours=24, seconds=1)
    )
    answer = await post(diary, "another note")

    assert answer.status_code == 201
    assert await number_of(diary, entry) == 2
    assert await number_of(diary, stored_answer) == 1


async def test_key_that_is_none_is_refused(diary: Diary) -> None:
    diary.client.headers.encoding = "latin-1"

    for key in ("", "a" * 201, "a\tb", "é"):
        diary.client.headers["Idempotency-Key"] = key
        answer = await diary.ask("POST", "/entries", json=an_entry())
        assert (key, answer.status_code) == (key, 422)
        assert answer.json()["code"] == "idempotency-key-is-not-valid"

    assert await number_of(diary, entry) == 0


async def test_other_methods_take_no_key(diary: Diary) -> None:
    written = await diary.write()

    for expected in (1, 2):
        answer = await diary.ask(
            "PUT",
            f"/entries/{written['id']}",
            json=an_entry("changed"),
            headers={**KEY, "If-Match": f'"{expected}"'},
        )
        assert answer.json()["version"] == expected + 1
