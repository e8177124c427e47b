"""Every command and every denied access is on record: who, as what, did what, with which end."""

from typing import Any
from uuid import uuid4

from tests.shared.web.diary import BEGIN, Diary, an_entry


async def the_record(diary: Diary) -> Any:
    (record,) = await diary.records()
    return record


async def test_done_command_is_on_record_without_its_values(diary: Diary) -> None:
    written = await diary.write("Amal Haddad")

    record = await the_record(diary)

    assert (record.action, record.object) == ("write-entry", f"entry/{written['id']}")
    assert (record.subject, record.role, record.party) == ("coordinator", "coordinator", None)
    assert (record.outcome, record.refusal) == ("done", None)
    assert "Amal" not in str(record._mapping)


async def test_party_of_who_acts_is_on_record(diary: Diary) -> None:
    await diary.ask(
        "POST", "/entries", role="focal_point", party="JO", subject="amal", json=an_entry()
    )

    record = await the_record(diary)

    assert (record.subject, record.role, record.party) == ("amal", "focal_point", "JO")


async def test_refused_command_is_on_record_with_its_refusal(diary: Diary) -> None:
    answer = await diary.ask("POST", "/entries", json=an_entry("full"))

    record = await the_record(diary)

    assert answer.status_code == 409
    assert answer.json()["detail"] == "Begin a new one."
    assert answer.json()["errors"] == [{"path": "words", "code": "full", "message": "No page."}]
    assert (record.outcome, record.refusal) == ("refused", "diary-is-full")
    assert record.correlation_id == answer.headers["x-correlation-id"]


async def test_denied_access_is_on_record_even_when_something_was_only_read(diary: Diary) -> None:
    missing = uuid4()

    denied = await diary.ask("GET", "/auditors")
    absent = await diary.ask("GET", f"/entries/{missing}?limit=1")
    changed = await diary.ask(
        "PUT", f"/entries/{missing}", json=an_entry(), headers={"If-Match": '"1"'}
    )

    assert (denied.status_code, absent.status_code, changed.status_code) == (403, 404, 404)
    assert [
        (one.action, one.object, one.outcome, one.refusal) for one in await diary.records()
    ] == [
        ("read", "/auditors", "denied", "not-allowed"),
        ("read", f"/entries/{missing}", "denied", "not-found"),
        ("change-entry", f"entry/{missing}", "denied", "not-found"),
    ]


async def test_read_that_is_answered_leaves_no_record(diary: Diary) -> None:
    await diary.ask("GET", "/entries")

    assert await diary.records() == []


async def test_address_without_end_is_recorded_by_its_beginning(diary: Diary) -> None:
    answer = await diary.ask("GET", f"/words/{'é' * 2000}")

    record = await the_record(diary)

    assert answer.status_code == 404
    assert record.object == "/words/" + "é" * 293


async def test_code_of_a_link_is_a_secret_that_no_record_holds(diary: Diary) -> None:
    now = diary.context.clock.machine()
    code = diary.context.links.code("shared", uuid4(), now.replace(year=now.year + 1))

    answer = await diary.ask("GET", f"/shared/{code}", role=None)

    record = await the_record(diary)
    assert answer.status_code == 404
    assert (record.subject, record.role, record.object) == ("link", "link", "/shared/*")


async def test_bad_link_is_refused_without_a_record(diary: Diary) -> None:
    answers = [
        await diary.ask("GET", f"/shared/{code}", role=None) for code in ("x", "é", "A" * 55)
    ]

    assert {answer.json()["code"] for answer in answers} == {"link-is-not-valid"}
    assert await diary.records() == []


async def test_auditor_reads_the_record_and_others_do_not(diary: Diary) -> None:
    for number in range(3):
        await diary.write(f"note {number}")

    first = await diary.ask("GET", "/audit?limit=2", role="auditor")
    rest = await diary.ask("GET", f"/audit?after={first.json()['next']}", role="admin")
    denied = await diary.ask("GET", "/audit")

    lines = first.json()["items"] + rest.json()["items"]
    assert [line["action"] for line in lines] == ["write-entry"] * 3
    assert [line["position"] for line in lines] == sorted(line["position"] for line in lines)
    assert denied.status_code == 403


async def test_record_tells_the_time_of_the_story(told_diary: Diary) -> None:
    moved = await told_diary.ask("PUT", "/story", role="admin", json={"now": BEGIN.isoformat()})

    await told_diary.write()

    assert moved.status_code == 200
    assert (await told_diary.records())[-1].at == BEGIN
