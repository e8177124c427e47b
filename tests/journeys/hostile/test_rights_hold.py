"""Who has no part in something is told nothing about it, by any operation of any service."""

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any
from uuid import uuid4

import httpx
import pytest

from .answers import fault_in
from .callers import NEIGHBOUR, OUTSIDERS, headers_of, tokens_that_do_not_count
from .documents import Operation, operations
from .house import House
from .readable import everything_readable, place_in
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
        "request_id",
        "run_id",
        "run_offer_id",
        "list_id",
        "import_id",
        "participation_id",
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
OF_ALL_WHO_WATCH = "POST /registration/calls/{call_id}/draw/contributions"
"""Auditors, and every party that is invited, may add to the seed of a lottery."""
OF_A_PARTY = (
    *("officer-", "nomination-", "request-", "run_offer-", "participation-"),
    *("import-", "past_import-"),
)
"""What the names of records begin with that are one party's."""
FILES = ("/rosters", "/imports", "/screening/results")


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
    known: dict[str, Any] = {**house.course.ids_by_field(), **whole(house)}
    caller = {**OUTSIDERS, "neighbour": NEIGHBOUR, "auditor": ("auditor", None, None)}[who]
    changes = [one for one in offered if one.method != "GET"]
    if caller[0] == "coordinator":
        changes = [one for one in changes if str(one) not in BY_ANY_COORDINATOR]
    if who in ("auditor", "neighbour"):
        changes = [one for one in changes if str(one) != OF_ALL_WHO_WATCH]
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
    nowhere = {name: str(uuid4()) if name.endswith("_id") else one for name, one in ids.items()}
    reads = [one for one in offered if one.method == "GET" and _is_of_a_record(one)]
    wrong = []

    with house.client(headers_of(house, OUTSIDERS[who])) as client:
        for operation in reads:
            theirs, nobodys = (
                client.get(operation.at(one), params=operation.needs(one)) for one in (ids, nowhere)
            )
            if theirs.status_code not in (403, 404) or _told(theirs) != _told(nobodys):
                wrong.append(f"{operation}: {theirs.status_code}, {nobodys.status_code}")
            if operation.needs(ids):
                unasked = [client.get(operation.at(one)) for one in (ids, nowhere)]
                if {one.status_code for one in unasked} != {422} or len({*map(_text, unasked)}) > 1:
                    wrong.append(f"{operation}, without {[*operation.needs(ids)]}")

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
        if name.startswith(OF_A_PARTY) and name.split("-")[1] in not_of
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


def body(operation: Operation, known: Mapping[str, Any]) -> dict[str, Any]:
    """A good body for an operation."""
    if operation.takes_json:
        return {"json": example(operation.body, operation.components, known)}
    if operation.path.endswith(FILES):
        return {"content": b"officer_reference\nJO-1\n", "params": {"party": "JO"}}
    mark = {known["person_id"]: "present"}
    if operation.path.endswith("/page/correction"):
        return {"data": {**mark, "reason": "other"}}
    return {"data": mark} if operation.path.endswith("/page") else {}


def whole(house: House) -> dict[str, Any]:
    """What a body lacks that is made of its schema alone."""
    ids = house.course.ids
    return {
        "records": [{"person_id": ids["officer-JO-2"], "status": "absent"}],
        "quotas": [],
        "reviewers": [{"person_id": ids[f"reviewer-{number}"]} for number in (1, 2)],
        "criteria": [{"code": "experience", "names": {"en": "Experience"}}],
        "scores": {"experience": 3},
    }


def _is_of_a_record(operation: Operation) -> bool:
    return any(one["name"] in RECORDS for one in operation.parameters("path"))


def _text(answer: httpx.Response) -> str:
    return str(_told(answer))


def _told(answer: httpx.Response) -> Any:
    return {**answer.json(), "correlation_id": ""}
