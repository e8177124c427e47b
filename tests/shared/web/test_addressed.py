"""What Host says is compared with the installation's origin, and nothing is made from it."""

import httpx
import pytest
from fastapi import FastAPI, Request

from shared.web.addressed import is_misdirected, is_on_loopback
from shared.web.attending import attend
from shared.web.pages import Pages
from shared.web.problems import Answers
from tests.shared.web.diary import ORIGIN, Diary, an_entry, token

OURS = [
    "cadre.example",
    "CADRE.example",
    "cadre.example:443",
    "cadre.example:8443",
    "localhost",
    "localhost:8000",
    "127.0.0.1:9000",
    "127.8.8.8",
    "[::1]",
    "[::1]:8000",
]
OTHERS = [
    "",
    "evil.example",
    "evil.example:443",
    "cadre.example.evil.example",
    "evil-cadre.example",
    "cadre.example@evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "192.168.1.5",
    "[::2]",
    "[",
    "[::1",
    ":",
    "::1",
    "/",
    "\xe9",
    "a" * 5000,
]


def request(*hosts: str, path: str = "/", root_path: str = "") -> Request:
    headers = [(b"host", host.encode("latin-1")) for host in hosts]
    scope = {"type": "http", "path": path, "root_path": root_path, "headers": headers}
    return Request(scope)


@pytest.mark.parametrize("host", OURS)
def test_request_to_the_origin_or_to_this_machine_is_meant_for_us(host: str) -> None:
    assert not is_misdirected(request(host), ORIGIN)


@pytest.mark.parametrize("host", OTHERS)
def test_request_to_another_name_is_not(host: str) -> None:
    assert is_misdirected(request(host), ORIGIN)


def test_request_to_nobody_or_to_two_is_not() -> None:
    assert is_misdirected(request(), ORIGIN)
    assert is_misdirected(request("cadre.example", "evil.example"), ORIGIN)


def test_who_runs_the_process_asks_for_its_health_under_any_name() -> None:
    assert not is_misdirected(request("10.1.2.3:8000", path="/health/ready"), ORIGIN)
    mounted = request("10.1.2.3", path="/registration/health/live", root_path="/registration")
    assert not is_misdirected(mounted, ORIGIN)
    assert is_misdirected(request("10.1.2.3", path="/entries/health/"), ORIGIN)


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
@pytest.mark.parametrize("host", ["evil.example", "[", ""])
async def test_misdirected_request_is_refused_by_name_before_all_else(
    host: str, accept: str, diary: Diary
) -> None:
    answer = await diary.ask("GET", "/entries", headers={"Host": host, "Accept": accept})
    unknown = await diary.ask("GET", "/entries", role=None, headers={"Host": host})

    assert answer.status_code == 421
    assert answer.headers["x-correlation-id"]
    assert unknown.headers["content-type"] == "application/problem+json"
    assert unknown.json()["code"] == "request-was-misdirected"


async def test_session_acts_on_this_machine_under_the_name_it_was_reached_by(
    diary: Diary,
) -> None:
    async def post(host: str, origin: str) -> int:
        headers = {"Cookie": f"cadre_session={token('coordinator')}"}
        headers |= {"Host": host, "Origin": origin}
        answer = await diary.ask("POST", "/entries", role=None, headers=headers, json=an_entry())
        return answer.status_code

    assert await post("localhost:9000", "http://localhost:9000") == 201
    assert await post("127.0.0.1:9000", "http://127.0.0.1:9000") == 201
    assert await post("localhost:9000", ORIGIN) == 201
    assert await post("localhost:9000", "http://localhost:3000") == 403
    assert await post("localhost:9000", "http://127.0.0.1:9000") == 403
    assert await post("cadre.example", "http://cadre.example") == 403
    assert await post("evil.example", "https://evil.example") == 421


async def test_no_redirect_is_made_from_the_host() -> None:
    api = FastAPI()
    attend(api, Answers(Pages().show_problem), origin=ORIGIN)
    transport = httpx.ASGITransport(app=api)

    @api.get("/place/")
    async def place() -> None:
        """An address with a slash at its end."""

    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        answer = await client.get("/place", headers={"Host": "localhost:9000"})

    assert answer.status_code == 404


def test_loopback_is_told_from_what_looks_like_it() -> None:
    assert all(map(is_on_loopback, ["http://localhost:1", "http://127.0.0.1", "https://[::1]:8"]))
    others = ["http://0.0.0.0", "http://localhost.example", "http://[::]", "http://[", "localhost"]
    assert not any(map(is_on_loopback, others))
