"""Who has no part in something is told nothing about it, by any operation of any service."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from typing import Any
from uuid import uuid4

import httpx
import pytest

from .answers import fault_in
from .callers import NEIGHBOUR, OUTSIDERS, headers_of, tokens_that_do_not_count
from .documents import Operation, operations
from .house import House
from .samples import example

RECORDS = frozenset(
    {
        "project_id",
        "activity_id",
        "call_id",
        "session_id",
        "nomination_id",
        "person_id",
        "channel_id",
        "assignment_id",
        "certificate_id",
    }
)
"""What belongs to a project or a party."""
BY_ANY_COORDINATOR = frozenset(
    {
        "POST /scheduling/projects",
        "POST /scheduling/venues",
        "PUT /scheduling/calendars/{country}",
    }
)
PAGES = ("/registration/", "/registration/calls/{call_id}/page", "/notifications/")


@pytest.fixture(scope="module")
def offered(house: House) -> Sequence[Operation]:
    """Everything that is not open to all."""
    return [one for one in operations(house) if not one.is_public]


def test_authentication_comes_before_every_other_check(
    house: House, offered: Sequence[Operation]
) -> None:
    tokens = cycle(tokens_that_do_not_count(house).items())
    malformed = {"Content-Type": "text/nonsense", "Idempotency-Key": "", "If-Match": "x"}
    wrong = []

    with house.client(malformed) as client:
        for operation in offered:
            nowhere = operation.at(dict.fromkeys(house.course.ids_by_field(), "not-an-id"))
            name, token = next(tokens)
            for bearer in ({}, {"Authorization": f"Bearer {token}"}):
                answer = client.request(
                    operation.method, f"{nowhere}?limit=x", headers=bearer, content=b"{"
                )
                if answer.status_code != 401 or fault_in(answer, operation):
                    wrong.append(f"{operation}, {name}: {answer.status_code}")

    assert wrong == []
    assert len(offered) > 80


def test_a_token_that_does_not_count_is_refused_as_bearer_and_as_session(house: House) -> None:
    answers = {}

    with house.client() as client:
        for name, token in tokens_that_do_not_count(house).items():
            for sent in (
                {"Authorization": f"Bearer {token}"},
                {"Cookie": f"cadre_session={token}"},
            ):
                answer = client.get("/registration/calls", headers=sent)
                answers[name, next(iter(sent))] = (answer.status_code, answer.json()["code"])

    assert set(answers.values()) == {(401, "sign-in-is-needed")}


@pytest.mark.parametrize("who", [*OUTSIDERS, "auditor", "neighbour"])
def test_nobody_changes_what_they_have_no_part_in(
    house: House, offered: Sequence[Operation], who: str
) -> None:
    known: dict[str, Any] = {**house.course.ids_by_field(), "records": _marks(house)}
    caller = {**OUTSIDERS, "neighbour": NEIGHBOUR, "auditor": ("auditor", None, None)}[who]
    changes = [one for one in offered if one.method != "GET"]
    if caller[0] == "coordinator":
        changes = [one for one in changes if str(one) not in BY_ANY_COORDINATOR]
    wrong = []

    with house.client({**headers_of(house, caller), "If-Match": '"1"'}) as client:
        for operation in changes:
            answer = client.request(operation.method, operation.at(known), **body(operation, known))
            if answer.status_code not in (403, 404) or fault_in(answer, operation):
                wrong.append(f"{operation}: {answer.status_code} {answer.text[:200]}")

    assert wrong == []


@pytest.mark.parametrize("who", OUTSIDERS)
def test_a_record_of_others_is_as_if_it_were_not_there(
    house: House, offered: Sequence[Operation], who: str
) -> None:
    ids = house.course.ids_by_field()
    nowhere = {name: str(uuid4()) if name in RECORDS else one for name, one in ids.items()}
    reads = [one for one in offered if one.method == "GET" and _is_of_a_record(one)]
    wrong = []

    with house.client(headers_of(house, OUTSIDERS[who])) as client:
        for operation in reads:
            theirs, nobodys = (client.get(operation.at(one)) for one in (ids, nowhere))
            if theirs.status_code not in (403, 404) or _told(theirs) != _told(nobodys):
                wrong.append(f"{operation}: {theirs.status_code}, {nobodys.status_code}")

    assert wrong == []
    assert len(reads) > 20


@pytest.mark.parametrize(
    ("who", "sees", "not_of"),
    [
        (("focal_point", "JO", None), "officer-JO-21", ("TN", "EG")),
        (("focal_point", "TN", None), "officer-TN-21", ("JO", "EG")),
        (("focal_point", "EG", None), "officer-EG-1", ("JO", "TN")),
        (("coordinator", None, "coordinator-b"), "officer-EG-1", ("JO", "TN")),
    ],
)
def test_no_list_page_file_or_token_tells_of_another_partys_officers(
    house: House, offered: Sequence[Operation], who: Any, sees: str, not_of: Sequence[str]
) -> None:
    secrets = {
        value: name
        for name, value in house.course.ids.items()
        if name.startswith(("officer-", "nomination-")) and name.split("-")[1] in not_of
    }
    secrets |= {f"{party}-0": f"a reference of {party}" for party in not_of}
    secrets |= {f"@{party.lower()}.example": f"an address of {party}" for party in not_of}
    seen, leaks = "", []

    with house.client(headers_of(house, who)) as client:
        for place, answer in everything_readable(client, house, offered):
            told = answer.text + str(answer.headers) + place_in(answer)
            seen += told if answer.is_success else ""
            leaks += [f"{place}: {name}" for secret, name in secrets.items() if secret in told]

    assert leaks == []
    assert house.course.ids[sees] in seen


def test_nothing_that_an_auditor_reads_is_personal(
    house: House, offered: Sequence[Operation]
) -> None:
    parties = ("JO", "TN", "EG")
    secrets = ["@ncb.example", *(f"@{one.lower()}.example" for one in parties)]
    secrets += [f"{one}-0" for one in parties]
    seen, leaks = "", []

    with house.client(house.bearer("auditor")) as client:
        for place, answer in everything_readable(client, house, offered):
            told = answer.text + str(answer.headers) + place_in(answer)
            seen += told if answer.is_success else ""
            leaks += [f"{place}: {secret}" for secret in secrets if secret in told]

    assert leaks == []
    assert house.course.ids["officer-TN-21"] in seen


def test_figures_for_a_focal_point_are_those_of_its_party(house: House) -> None:
    activity = f"/reporting/activities/{house.course.ids['activity-HELD-1']}"
    with house.client(house.bearer("focal_point", party="JO")) as client:
        figures = client.get(f"{activity}/participation")
        table = client.get(f"{activity}/participation.csv")
        page = client.get(f"{activity}/report")

    assert '"JO"' in figures.text
    for told in (figures.text, table.text, page.text):
        assert '"TN"' not in told
        assert "Tunisia" not in told


def everything_readable(
    client: httpx.Client, house: House, offered: Sequence[Operation]
) -> Iterator[tuple[str, httpx.Response]]:
    """Every address that can be read, with each id that fits; lists in steps of two."""
    ids = house.course.ids
    paths = [one.path for one in offered if one.method == "GET"] + list(PAGES)
    for path in paths:
        for address in addresses(path, ids, house.course.ids_by_field()):
            after: str | None = ""
            while after is not None:
                answer = client.get(address, params={"limit": 2, "after": after})
                yield address, answer
                after = _next(answer)


def addresses(path: str, ids: Mapping[str, str], known: Mapping[str, str]) -> Iterator[str]:
    """The path with every id of its first parameter."""
    if "{" not in path:
        yield path
        return
    field = path.partition("{")[2].partition("}")[0]
    kind = {"person_id": "officer"}.get(field, field.removesuffix("_id"))
    fitting = [one for name, one in ids.items() if name == kind or name.startswith(f"{kind}-")]
    for value in fitting or [known[field]]:
        yield path.replace(f"{{{field}}}", value)


def place_in(answer: httpx.Response) -> str:
    """What the token of the next page holds."""
    after = _next(answer) or ""
    return base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode(errors="replace")


def body(operation: Operation, known: Mapping[str, Any]) -> dict[str, Any]:
    """A good body for an operation."""
    if operation.takes_json:
        return {"json": example(operation.body, operation.components, known)}
    if operation.path.endswith("/rosters"):
        return {"content": b"officer_reference\nJO-1\n", "params": {"party": "JO"}}
    mark = {known["person_id"]: "present"}
    if operation.path.endswith("/page/correction"):
        return {"data": {**mark, "reason": "other"}}
    return {"data": mark} if operation.path.endswith("/page") else {}


def _marks(house: House) -> list[dict[str, str]]:
    return [{"person_id": house.course.ids["officer-JO-2"], "status": "absent"}]


def _is_of_a_record(operation: Operation) -> bool:
    return any(one["name"] in RECORDS for one in operation.parameters("path"))


def _told(answer: httpx.Response) -> Any:
    return {**answer.json(), "correlation_id": ""}


def _next(answer: httpx.Response) -> str | None:
    if not answer.is_success or "json" not in answer.headers.get("content-type", ""):
        return None
    document = json.loads(answer.text)
    return document.get("next") if isinstance(document, dict) else None
