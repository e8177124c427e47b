"""Who visits a served installation: under which name, with HEAD, as which persona, how slowly."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from tests.services.embedded.served import STORY, Served, served, token

ELSEWHERE = {"Host": "evil.example"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def told(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """A served story installation."""
    async with served(tmp_path_factory.mktemp("told"), *STORY) as one:
        yield one


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_nothing_is_shown_under_a_name_that_was_bound_to_this_machine(told: Served) -> None:
    paths = (
        "/",
        "/mailbox/",
        "/mailbox/messages",
        "/registration/",
        "/events",
        "/static/cadre.css",
    )

    async with httpx.AsyncClient(base_url=told.origin, headers=ELSEWHERE) as stranger:
        answers = [await stranger.get(path) for path in paths]

    assert {answer.status_code for answer in answers} == {421}
    assert {answer.json()["code"] for answer in answers} == {"request-was-misdirected"}


async def test_operator_is_answered_where_the_public_address_is_another(tmp_path: Path) -> None:
    async with (
        served(tmp_path, "--origin", "https://cadre.example") as one,
        httpx.AsyncClient(base_url=one.origin, headers={"Host": "cadre.example"}) as client,
    ):
        here = await client.get("/events", headers={"Host": "127.0.0.1"})
        public = await client.get("/events")
        redirect = await client.get("/registration")

    assert (here.status_code, public.status_code) == (200, 200)
    assert (redirect.status_code, redirect.headers["location"]) == (307, "/registration/")


async def test_pages_answer_head(told: Served) -> None:
    async with httpx.AsyncClient(base_url=told.origin) as client:
        answers = [
            await client.head(path)
            for path in ("/", "/mailbox/", "/events", "/registration/docs", "/static/cadre.css")
        ]

    assert {answer.status_code for answer in answers} == {200}
    assert {answer.content for answer in answers} == {b""}
    assert all(int(answer.headers["content-length"]) > 0 for answer in answers)


async def test_who_only_asks_for_headers_does_not_use_a_persona_link_up(told: Served) -> None:
    bearer = {"Authorization": f"Bearer {token(told.folder, 'admin')}"}
    async with httpx.AsyncClient(base_url=told.origin) as client:
        made = await client.post("/personas", headers=bearer, json={"role": "auditor"})
        asked = await client.head(made.json()["link"])
        entered = await client.get(made.json()["link"])

    assert (asked.status_code, entered.status_code) == (405, 303)
    assert "set-cookie" not in asked.headers


@pytest.mark.parametrize(
    "persona",
    [
        {"party": "J\u200bO"},
        {"party": "J" * 21},
        {"party": ""},
        {"subject": "a\tb"},
        {"subject": "a" * 201},
        {"subject": ""},
    ],
    ids=str,
)
async def test_persona_that_no_token_can_carry_is_refused(
    persona: dict[str, str], told: Served
) -> None:
    bearer = {"Authorization": f"Bearer {token(told.folder, 'admin')}"}
    async with httpx.AsyncClient(base_url=told.origin) as client:
        answer = await client.post(
            "/personas", headers=bearer, json={"role": "focal_point", **persona}
        )

    assert answer.status_code in (400, 422)
    assert answer.json()["code"] in ("fields-are-not-valid", "text-is-not-clean")


async def test_persona_with_names_of_any_script_signs_in(told: Served) -> None:
    bearer = {"Authorization": f"Bearer {token(told.folder, 'admin')}"}
    persona = {"role": "auditor", "party": "ج" * 20, "subject": "ليلى"}
    async with httpx.AsyncClient(base_url=told.origin) as client:
        made = await client.post("/personas", headers=bearer, json=persona)
        await client.get(made.json()["link"])
        signed_in = await client.get("/reporting/archive/figures")

    assert signed_in.status_code == 200


async def test_garbage_and_endless_headers_end_with_the_connection(told: Served) -> None:
    garbage = await say(told, b"\x16\x03\x01 not http\r\n\r\n")
    endless = await say(told, b"GET / HTTP/1.1\r\n" + b"A: " + b"a" * 200_000)

    assert garbage.startswith(b"HTTP/1.1 400 ")
    assert endless.startswith(b"HTTP/1.1 4") or endless == b""


async def say(told: Served, said: bytes) -> bytes:
    """What the server answers to bytes, until it hangs up."""
    host, port = told.origin.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        writer.write(said)
        async with asyncio.timeout(10):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()
