"""Whatever happens, the answer is a documented one: a problem, or a page for who reads pages."""

import socket
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import ClientDisconnect

from shared.database import DatabaseIsBusy
from shared.refusals import NotFound, Refused
from shared.web.attending import attend
from shared.web.pages import Pages
from shared.web.problems import Answers
from tests.servers.databases import fresh_database
from tests.servers.prepared import make_tables
from tests.shared.database.line import Line
from tests.shared.web.diary import ORIGIN, TABLES, Diary, an_entry, open_diary, token

PAGE = {"Accept": "text/html,application/xhtml+xml"}


async def test_problem_has_the_form_of_rfc_9457(diary: Diary) -> None:
    answer = await diary.ask("GET", "/nothing/here")

    problem = answer.json()
    assert answer.status_code == problem["status"] == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["type"] == "urn:cadre:problem:not-found"
    assert problem["code"] == "not-found"
    assert problem["title"] == NotFound.title
    assert problem["correlation_id"] == answer.headers["x-correlation-id"]


async def test_method_that_is_not_offered_is_named_with_those_that_are(diary: Diary) -> None:
    answer = await diary.ask("DELETE", "/figures")

    assert answer.status_code == 405
    assert answer.json()["code"] == "method-is-not-offered"
    assert answer.headers["allow"] == "GET, HEAD"


async def test_every_answer_carries_the_headers_that_protect_a_reader(diary: Diary) -> None:
    diary.doors.error = RuntimeError()

    answers = [
        await diary.ask("GET", "/entries"),
        await diary.ask("GET", "/health/live", role=None),
        await diary.ask("GET", "/entries", role=None),
        await diary.ask("GET", "/nothing"),
        await diary.ask("POST", "/failing"),
        await diary.ask("GET", "/docs"),
        await diary.ask("GET", "/docs/assets/swagger-ui.css"),
        await diary.ask("GET", "/nothing", headers=PAGE),
    ]

    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-correlation-id"]


@pytest.mark.parametrize("sent", ["5c3b1f0a-1", "a" * 64, "A1B2C3D4"])
async def test_correlation_id_that_was_sent_is_kept_and_sent_back(sent: str, diary: Diary) -> None:
    answer = await diary.ask(
        "POST", "/entries", json=an_entry(), headers={"X-Correlation-Id": sent}
    )

    assert answer.headers["x-correlation-id"] == sent
    assert [record.correlation_id for record in await diary.records()] == [sent]


@pytest.mark.parametrize(
    "sent", ["", "short", "a" * 65, "a b c d e f", "<script>1</script>", "-" * 9]
)
async def test_correlation_id_that_is_none_is_replaced(sent: str, diary: Diary) -> None:
    answer = await diary.ask("GET", "/entries", headers={"X-Correlation-Id": sent})

    assert answer.headers["x-correlation-id"] != sent
    assert len(answer.headers["x-correlation-id"]) == 36


async def test_service_below_one_origin_speaks_of_a_request_by_one_id(
    diary: Diary, logged: list[Any]
) -> None:
    origin = FastAPI()
    attend(origin, Answers(Pages().show_problem))
    origin.mount("/diary", diary.api)
    transport = httpx.ASGITransport(app=origin)

    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        headers = {"Authorization": f"Bearer {token('coordinator')}"}
        answer = await client.post("/diary/entries", headers=headers, json=an_entry("full"))

    (record,) = await diary.records()
    assert answer.headers["x-correlation-id"] == record.correlation_id
    assert answer.json()["correlation_id"] == record.correlation_id


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("Amal Haddad"),
        KeyError("Amal Haddad"),
        RecursionError("Amal Haddad"),
        NotImplementedError(),
        ExceptionGroup("Amal", [ValueError("Haddad")]),
        UnicodeEncodeError("utf-8", "Amal\ud800", 4, 5, "no"),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize(("method", "path"), [("POST", "/failing"), ("GET", "/stumbling")])
async def test_fault_of_ours_is_a_problem_without_details(
    method: str, path: str, error: Exception, diary: Diary, logged: list[Any]
) -> None:
    diary.doors.error = error

    answer = await diary.ask(method, path)

    assert answer.status_code == 500
    assert answer.json()["code"] == "something-went-wrong"
    assert "detail" not in answer.json()
    assert "Amal" not in answer.text
    assert [line["event"] for line in logged if line["log_level"] == "error"] == ["request_failed"]
    assert await diary.records() == []


async def test_caller_who_leaves_early_is_no_fault_of_ours(diary: Diary, logged: list[Any]) -> None:
    diary.doors.error = ClientDisconnect()

    answer = await diary.ask("POST", "/failing")

    assert (answer.status_code, answer.content) == (400, b"")
    assert [line["event"] for line in logged] == ["caller_has_left"]


async def test_fault_of_the_database_shows_none_of_the_values(diary: Diary) -> None:
    answer = await diary.ask("POST", "/twice")

    assert answer.status_code == 500
    assert answer.json().keys() == {"type", "title", "status", "code", "errors", "correlation_id"}
    assert "Amal" not in answer.text


@pytest.mark.parametrize(
    "error",
    [DatabaseIsBusy(), ConnectionRefusedError(), TimeoutError(), socket.gaierror()],
    ids=repr,
)
async def test_database_that_is_away_is_worth_another_try(
    error: Exception, diary: Diary, logged: list[Any]
) -> None:
    diary.doors.error = error

    answer = await diary.ask("POST", "/failing")

    assert answer.status_code == 503
    assert answer.json()["code"] == "service-is-busy"
    assert answer.headers["retry-after"] == "1"
    assert [line["event"] for line in logged] == ["database_is_away"]


async def test_service_whose_database_was_cut_off_says_so(postgresql: str) -> None:
    async with fresh_database(postgresql) as url:
        await make_tables(url, *TABLES)
        line = Line(url)
        await line.connect()
        async with open_diary(line.url) as diary:
            await line.cut()

            read = await diary.ask("GET", "/entries")
            written = await diary.ask("POST", "/entries", json=an_entry())
            ready = await diary.ask("GET", "/health/ready", role=None)
            live = await diary.ask("GET", "/health/live", role=None)

            await line.connect()
            again = await diary.ask("POST", "/entries", json=an_entry())
        await line.cut()

    assert (read.status_code, written.status_code) == (503, 503)
    assert read.headers["retry-after"] == written.headers["retry-after"] == "1"
    assert (ready.status_code, live.status_code) == (503, 200)
    assert again.status_code == 201


async def test_reader_of_pages_gets_a_page_in_the_own_language(diary: Diary) -> None:
    arabic = await diary.ask(
        "GET", "/nothing", headers={**PAGE, "Accept-Language": "ar-JO,ar;q=0.9,en;q=0.5"}
    )
    french = await diary.ask("GET", "/nothing?lang=fr", headers=PAGE)
    remembered = await diary.ask("GET", "/nothing", headers={**PAGE, "Accept-Language": "es"})
    diary.client.cookies.clear()
    other = await diary.ask("GET", "/nothing", headers={**PAGE, "Accept-Language": "de, it"})

    assert (arabic.status_code, french.status_code, other.status_code) == (404, 404, 404)
    assert arabic.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="ar" dir="rtl">' in arabic.text
    assert "لا يوجد" in arabic.text
    assert NotFound.title not in arabic.text
    assert arabic.headers["x-correlation-id"] in arabic.text
    assert '<html lang="fr" dir="ltr">' in french.text
    assert french.cookies["cadre_language"] == "fr"
    assert '<html lang="fr"' in remembered.text
    assert NotFound.title in other.text


async def test_page_of_a_problem_keeps_the_headers_of_the_answer(diary: Diary) -> None:
    sign_in = await diary.ask("GET", "/entries", role=None, headers=PAGE)
    diary.doors.error = DatabaseIsBusy()
    busy = await diary.ask("POST", "/failing", headers=PAGE)

    assert (sign_in.status_code, sign_in.headers["www-authenticate"]) == (401, "Bearer")
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "1")


async def test_page_says_nothing_that_was_sent_as_markup(diary: Diary) -> None:
    answer = await diary.ask("GET", "/nothing?<script>alert(1)</script>&lang=ar", headers=PAGE)

    assert "<script>" not in answer.text
    assert "alert(1)</" not in answer.text


def test_every_refusal_of_the_house_has_a_name_a_status_and_words() -> None:
    def below(kind: type[Refused]) -> list[type[Refused]]:
        return [kind, *(one for sub in kind.__subclasses__() for one in below(sub))]

    answers = [one for one in below(Refused) if not one.__subclasses__()]

    for refusal in answers:
        assert refusal.code() == refusal.code().lower().replace("_", "-")
        assert 400 <= refusal.status <= 503
        assert refusal.title != Refused.title, refusal
        assert refusal.__doc__ != Refused.__doc__, refusal
