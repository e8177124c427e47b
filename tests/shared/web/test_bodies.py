"""A body is taken strictly, or refused with the place of every fault and never its value."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from typing import Any

import pytest

from shared.web import body
from tests.shared.web.diary import Diary, an_entry
from tests.shared.web.test_json_gate import REFUSED

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MEDIA_TYPES = {
    "": 415,
    "text/plain": 415,
    "application/x-www-form-urlencoded": 415,
    "application/jsonp": 415,
    "json": 415,
    "application/json; charset=utf-8": 201,
    "Application/JSON": 201,
}
MARK = "Zz9-personal-value"
WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    ("an unknown field", {"colour": MARK}, "colour", "extra-forbidden"),
    ("an unknown field inside", {"lines": [{"body": "x", "path": 1, "x": MARK}]}, "lines.0.x", ""),
    ("a key that is no name", {f"<{MARK}>": 1}, "?", "extra-forbidden"),
    ("a key without end", {MARK * 50: 1}, "?", "extra-forbidden"),
    ("a key in Arabic", {"شخصي": MARK}, "?", "extra-forbidden"),
    ("false for a number", {"number": False}, "number", "int-type"),
    ("text for a number", {"number": "5"}, "number", "int-type"),
    ("a fraction for a number", {"number": 5.5}, "number", ""),
    ("a whole float for a number", {"number": 5.0}, "number", "int-type"),
    ("null for a number", {"number": None}, "number", "int-type"),
    ("33 bits where 32 are kept", {"number": 2**32}, "number", "less-than"),
    ("a number for text", {"words": 5}, "words", "string-type"),
    ("a list for text", {"words": [MARK]}, "words", "string-type"),
    ("too long a text", {"words": MARK * 20}, "words", "string-too-long"),
    ("a word that is not offered", {"mood": MARK}, "mood", "literal-error"),
    ("no date", {"on": MARK}, "on", ""),
    ("a date that is none", {"on": "2018-02-30"}, "on", ""),
    ("a number for a date", {"on": 17_000}, "on", ""),
    ("a time without a zone", {"at": "2018-06-24T09:00:00"}, "at", "timezone-aware"),
    ("a time before all years", {"at": "0001-01-01T00:00:00+14:00"}, "at", "value-error"),
    ("a time after all years", {"at": "9999-12-31T23:59:59-14:00"}, "at", "value-error"),
    ("a number for a time", {"at": 1_500_000_000}, "at", ""),
    ("a number among texts", {"names": {"ar": 5}}, "names.ar", "string-type"),
    ("a fault at `lines.1.body`", {"lines": [{"body": "x", "path": 1}, {"body": 5, "path": 1}]},
     "lines.1.body", "string-type"),
    ("a fault at `lines.0.path`", {"lines": [{"body": "x", "path": MARK}]}, "lines.0.path", ""),
    ("words a rule quotes", {"words": f"secret {MARK}"}, "words", "value-error"),
]  # fmt: skip


async def test_body_that_is_no_clean_json_is_refused_by_name(diary: Diary) -> None:
    answers = {
        name: await diary.ask("POST", "/entries", content=body, headers=JSON)
        for name, body, _ in REFUSED
    }

    found = {name: (answer.status_code, answer.json()["code"]) for name, answer in answers.items()}
    assert found == {name: (refusal.status, refusal.code()) for name, _, refusal in REFUSED}
    assert {answer.headers["content-type"] for answer in answers.values()} == {
        "application/problem+json"
    }
    assert await diary.records() == []


async def test_wrong_field_is_named_and_its_value_is_not_sent_back(diary: Diary) -> None:
    answers = {
        name: await diary.ask("POST", "/entries", json=an_entry() | change)
        for name, change, *_ in WRONG
    }

    for name, _, path, code in WRONG:
        problem = answers[name].json()
        assert (name, problem["status"]) == (name, 422)
        assert problem["code"] == "fields-are-not-valid"
        assert [fault["path"] for fault in problem["errors"]] == [path]
        assert problem["errors"][0]["code"].startswith(code), problem
        assert MARK not in answers[name].text
        assert "شخصي" not in answers[name].text


async def test_every_fault_is_reported_at_once(diary: Diary) -> None:
    answer = await diary.ask("POST", "/entries", json={"words": 1, "number": "x", "new": 1})

    paths = {fault["path"] for fault in answer.json()["errors"]}
    assert paths == {"words", "number", "new", "mood", "on"}


async def test_document_of_another_kind_is_refused(diary: Diary) -> None:
    for document in ([], "text", 5, None, True, [an_entry()]):
        answer = await diary.ask("POST", "/entries", content=json.dumps(document), headers=JSON)

        assert answer.status_code == 422
        assert answer.json()["code"] == "fields-are-not-valid"


async def test_only_what_says_that_it_is_json_is_taken(diary: Diary) -> None:
    statuses = {
        media_type: (
            await diary.ask(
                "POST",
                "/entries",
                content=json.dumps(an_entry()),
                headers={"Content-Type": media_type},
            )
        ).status_code
        for media_type in MEDIA_TYPES
    }

    assert statuses == MEDIA_TYPES


async def test_body_sent_without_end_is_refused_before_it_is_all_there(diary: Diary) -> None:
    sent = 0

    async def endless() -> Any:
        nonlocal sent
        while sent < 50_000_000:
            sent += 65_536
            yield b" " * 65_536

    answer = await diary.ask("POST", "/entries", content=endless(), headers=JSON)

    assert answer.status_code == 413
    assert sent < 5_000_000


async def test_naughty_but_clean_text_is_kept_to_the_byte(diary: Diary) -> None:
    words = "‮Amal‬ \u200f الحداد 👩‍⚕️ z̴̧ ﷽ ' \" <script>"

    written = await diary.write(words)

    shown = await diary.ask("GET", f"/entries/{written['id']}")
    assert shown.json()["words"] == words


async def test_no_damage_to_a_good_body_is_ever_a_fault_of_ours(diary: Diary) -> None:
    chance = random.Random(2018)
    good = json.dumps(an_entry("ملاحظة", lines=[{"body": "x", "path": 1}]), ensure_ascii=False)

    for _ in range(150):
        body = bytearray(good.encode())
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(body))
            body[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        answer = await diary.ask("POST", "/entries", content=bytes(body), headers=JSON)

        assert answer.status_code in (201, 400, 422), bytes(body)


async def test_control_character_in_an_address_is_refused(diary: Diary) -> None:
    for path in (
        "/words/a%00b",
        "/words/a%01b",
        "/words/%C2%85",
        "/entries?after=%00",
        "/entries?order=%00id",
    ):
        answer = await diary.ask("GET", path)

        assert (path, answer.status_code) == (path, 400)
        assert answer.json()["code"] == "text-is-not-clean"


async def test_fault_in_an_address_is_named(diary: Diary) -> None:
    for path, place in {
        "/entries/not-an-id": "entry_id",
        "/entries?limit=0": "limit",
        "/entries?limit=501": "limit",
        "/entries?limit=x": "limit",
        f"/entries?limit={'9' * 5000}": "limit",
        f"/entries?after={'x' * 401}": "after",
    }.items():
        answer = await diary.ask("GET", path)

        assert answer.status_code == 422
        assert [fault["path"] for fault in answer.json()["errors"]] == [place]


async def drop_by_drop(whole: bytes) -> AsyncIterator[bytes]:
    for byte in whole:
        yield bytes([byte])
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("path", ["/entries", "/form", "/upload", "/slow"])
async def test_body_that_comes_byte_by_byte_is_not_waited_for(
    path: str, diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "SECONDS_FOR_A_BODY", 0.1)
    monkeypatch.setattr(body, "SECONDS_FOR_A_FILE", 0.1)
    kinds = {"/entries": JSON, "/form": FORM, "/upload": FORM, "/slow": {}}

    async with asyncio.timeout(5):
        answer = await diary.ask(
            "POST", path, content=drop_by_drop(b" " * 1_000), headers=kinds[path]
        )

    assert answer.status_code == 408
    assert answer.json()["code"] == "body-came-too-slowly"
    assert answer.headers["connection"] == "close"


async def test_body_that_comes_in_pieces_in_time_is_taken(diary: Diary) -> None:
    whole = json.dumps(an_entry()).encode()

    answer = await diary.ask("POST", "/entries", content=drop_by_drop(whole[:5]), headers=JSON)
    taken = await diary.ask("POST", "/entries", content=in_two(whole), headers=JSON)

    assert (answer.status_code, taken.status_code) == (400, 201)


async def in_two(whole: bytes) -> AsyncIterator[bytes]:
    yield whole[:7]
    yield whole[7:]


async def test_faults_without_end_are_listed_up_to_a_hundred_and_counted(diary: Diary) -> None:
    many = [{"body": 7, "path": "x"}] * 400

    answer = await diary.ask("POST", "/entries", json=an_entry(lines=many))
    few = await diary.ask("POST", "/entries", json=an_entry(lines=many[:3]))
    page = await diary.ask(
        "POST", "/entries", json=an_entry(lines=many), headers={"Accept": "text/html"}
    )

    assert (answer.status_code, len(answer.json()["errors"])) == (422, 100)
    assert answer.json()["more_errors"] == 700
    assert (len(few.json()["errors"]), "more_errors" in few.json()) == (6, False)
    assert "and 700 more" in page.text
