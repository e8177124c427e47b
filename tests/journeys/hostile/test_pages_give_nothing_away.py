"""Pages and files as a stranger's browser meets them, or another site's page in one's own."""

import re
import socket
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

import httpx
import pytest

from .documents import Operation, operations
from .house import House

CANARY = "evil.example"
PAGES = (
    "/",
    "/nowhere",
    "/registration/",
    "/registration/nowhere",
    "/registration/docs",
    "/registration/openapi.json",
    "/registration/docs/assets/swagger-ui.css",
    "/notifications/",
    "/mailbox/",
    "/mailbox/messages",
    "/mailbox/read/1",
    "/mailbox/messages/1/html",
    "/mailbox/messages/1/raw",
    "/static/cadre.css",
    "/events",
    "/events/asyncapi.json",
    "/health/ready",
)
POLICY = ("default-src", "frame-ancestors 'self'")
OUTSIDE_OF_FOLDERS = (
    "/static/../../pyproject.toml",
    "/static/%2e%2e/%2e%2e/pyproject.toml",
    "/static/..%2f..%2f..%2fpyproject.toml",
    "/static//etc/passwd",
    "/static/cadre.css%00",
    "/static/%ff",
    "/static/",
    f"/static/{'a/' * 3_000}",
    "/registration/docs/assets/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/registration/docs/assets/%2fetc%2fpasswd",
)


@pytest.fixture(scope="module")
def offered(house: House) -> Sequence[Operation]:
    """Everything there is."""
    return operations(house)


@pytest.fixture
def admin(house: House) -> Iterator[httpx.Client]:
    """Somebody who may see every page."""
    with house.client(house.bearer("admin")) as client:
        yield client


def test_every_answer_keeps_browsers_from_guessing_framing_and_keeping(
    house: House, admin: httpx.Client, offered: Sequence[Operation]
) -> None:
    ids, links = house.course.ids_by_field(), house.course.links.values()
    reads = [f"{one.at(ids)}?{urlencode(one.needs(ids))}" for one in offered if one.method == "GET"]
    wrong = []

    for path in (*reads, *PAGES, *links):
        for accepted in ("*/*", "text/html"):
            answer = admin.get(path, headers={"Accept": accepted})
            wrong += [f"{path}: {fault}" for fault in faults_of_headers(answer)]

    assert wrong == []


def test_no_page_takes_an_address_from_who_asks(house: House) -> None:
    lines = (f"Host: {CANARY}", f"X-Forwarded-Host: {CANARY}", f"Forwarded: host={CANARY}")
    told = [
        raw(house, f"GET {path}", line) for line in lines for path in ("/", "/nowhere", "/events")
    ]
    told.append(raw(house, f"GET http://{CANARY}/nowhere"))

    assert [one for one in told if CANARY in one or " 500 " in one] == []


@pytest.mark.parametrize("path", [f"//{CANARY}/", f"//{CANARY}/%22onclick=x", f"/%5c{CANARY}"])
def test_links_of_a_page_stay_here_whatever_its_address(house: House, path: str) -> None:
    page = raw(house, f"GET {path}")

    links = re.findall(r'(?:href|src|action)="([^"]*)"', page)
    assert len(links) > 5
    assert [link for link in links if link.startswith(("//", "/\\", "http"))] == []


@pytest.mark.parametrize("path", OUTSIDE_OF_FOLDERS)
def test_no_file_outside_of_its_folder_is_served(house: House, path: str) -> None:
    answer = raw(house, f"GET {path}", accept="*/*")

    assert answer.split("\r\n")[0] == "HTTP/1.1 404 Not Found"
    assert "application/problem+json" in answer
    assert "root:" not in answer
    assert "[project]" not in answer


def test_another_sites_page_can_change_nothing_with_somebodys_session(
    house: House, offered: Sequence[Operation]
) -> None:
    ids = house.course.ids_by_field()
    host = house.origin.removeprefix("http://")
    session = {"Cookie": f"cadre_session={house.token('admin')}", "If-Match": '"1"'}
    origins = (f"http://{CANARY}", "null", "", f"http://{host}.{CANARY}", f"http://x@{host}", None)
    answers = set()

    with house.client(session) as browser:
        for operation in offered:
            if operation.method != "GET" and not operation.is_public:
                for origin in origins:
                    sent = {} if origin is None else {"Origin": origin}
                    answer = browser.request(operation.method, operation.at(ids), headers=sent)
                    answers.add((answer.status_code, answer.json()["code"]))

    assert answers == {(403, "request-came-from-elsewhere")}


@pytest.mark.parametrize("to", [f"//{CANARY}", f"/\\{CANARY}", f"https://{CANARY}", "javascript:x"])
def test_a_persona_lands_on_a_page_of_this_house(admin: httpx.Client, to: str) -> None:
    answer = admin.post("/personas", json={"role": "auditor", "to": to})

    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "to")


def test_a_request_that_breaks_off_is_no_fault_of_the_house(house: House) -> None:
    token = house.token("admin")
    lines = (f"Authorization: Bearer {token}", "Content-Type: application/json")

    broken = raw(house, "POST /registration/parties", *lines, "Content-Length: 500", seconds=0.3)
    with house.client() as client:
        alive = client.get("/health/live")

    assert broken == ""
    assert alive.status_code == 200
    assert "request_failed" not in house.said()


def faults_of_headers(answer: httpx.Response) -> Iterator[str]:
    """What an answer does not say, or says too much."""
    headers = answer.headers
    if answer.status_code >= 500:
        yield str(answer.status_code)
    if headers.get("x-content-type-options") != "nosniff":
        yield "may be taken for something else"
    if headers.get("cache-control") != "no-store":
        yield "may be kept"
    if not all(part in headers.get("content-security-policy", "") for part in POLICY):
        yield "may load and be framed"
    if headers.get("referrer-policy") not in ("same-origin", "no-referrer"):
        yield "tells where it came from"
    if "server" in headers or "set-cookie" in headers:
        yield "says too much"


def raw(
    house: House, request: str, *lines: str, accept: str = "text/html", seconds: float = 10
) -> str:
    """What a client that tidies nothing up is answered."""
    host, port = house.origin.removeprefix("http://").split(":")
    named = any(line.startswith("Host:") for line in lines)
    head = (f"{request} HTTP/1.1", f"Accept: {accept}", "Connection: close", *lines)
    told = "\r\n".join((*head, *(() if named else (f"Host: {host}",)), "", ""))
    with socket.create_connection((host, int(port)), timeout=seconds) as connection:
        connection.sendall(told.encode())
        answer = b""
        try:
            while received := connection.recv(65_536):
                answer += received
        except TimeoutError:
            pass
    return answer.decode(errors="replace")
