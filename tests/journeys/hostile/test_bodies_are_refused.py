"""Whatever is sent as a JSON body, to whatever takes one: a clear answer, and no echo of it."""

import json
from collections.abc import Iterator, Mapping, Sequence

import httpx
import pytest

from .answers import fault_in
from .documents import Operation, operations
from .house import House
from .patient import Patient
from .samples import CANARY, bent, example

JSON = {"Content-Type": "application/json"}
CODE = "KANARI-5E1F"
NOT_JSON: dict[str, bytes] = {
    "empty": b"",
    "cut short": b'{"names": {"en": "KANARI',
    "no JSON": CANARY.encode(),
    "two documents": b"{}{}",
    "trailing comma": b'{"a": 1,}',
    "single quotes": b"{'a': 1}",
    "null": b"null",
    "list": b"[]",
    "text": json.dumps(CANARY).encode(),
    "number": b"7",
    "not UTF-8": b'{"a": "\xff\xfe\xfa"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "UTF-32": '{"a": 1}'.encode("utf-32"),
    "byte order mark": b"\xef\xbb\xbf{}",
    "duplicate keys": b'{"now": 1, "now": 2}',
    "duplicate keys, escaped": b'{"now": 1, "\\u006eow": 2}',
    "NaN": b'{"a": NaN}',
    "infinity": b'{"a": -Infinity}',
    "1e999": b'{"a": 1e999}',
    "a number of 100,000 digits": b'{"a": ' + b"9" * 100_000 + b"}",
    "2^63": b'{"a": 9223372036854775808}',
    "lone surrogate": b'{"a": "\\ud800"}',
    "lone surrogate in a key": b'{"\\udfff": 1}',
    "NUL": b'{"a": "\\u0000"}',
    "escape": b'{"a": "\\u001b[31m"}',
    "C1 control": '{"a": "\x85"}'.encode(),
    "100,000 lists deep": b"[" * 100_000 + b"]" * 100_000,
    "100,000 objects deep": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "33 levels deep": b"[" * 34 + b"]" * 34,
    "300 KB": b'{"a": "' + b"x" * 300_000 + b'"}',
}
OTHER_TYPES = (
    None,
    "",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/problem+json",
    f"text/{CANARY.encode().decode('latin-1')}",
)


@pytest.fixture(scope="module")
def house(own_house: House) -> House:
    """What is sent here changes whatever can be changed."""
    return own_house


@pytest.fixture(scope="module")
def admin(house: House) -> Iterator[Patient]:
    """An admin, whom nothing but the body stands in the way of."""
    with Patient(house.origin, house.bearer("admin")) as client:
        yield client


@pytest.fixture(scope="module")
def takers(house: House) -> Sequence[Operation]:
    """Everything that takes a JSON body."""
    found = [one for one in operations(house) if one.takes_json]
    assert len(found) > 20
    return found


def test_what_is_not_json_is_refused_everywhere(
    house: House, admin: Patient, takers: Sequence[Operation]
) -> None:
    faults = []

    for operation in takers:
        for name, content in NOT_JSON.items():
            answer = send(house, admin, operation, content, JSON)
            fault = fault_in(answer, operation)
            if fault or answer.is_success:
                faults.append(f"{operation}, {name}: {fault or answer.status_code}")

    assert faults == []


def test_only_json_is_taken_for_json(
    house: House, admin: Patient, takers: Sequence[Operation]
) -> None:
    faults = []

    for operation in takers:
        good = json.dumps(example(operation.body, operation.components)).encode()
        for media_type in OTHER_TYPES:
            headers = {} if media_type is None else {"Content-Type": media_type.encode("latin-1")}
            answer = send(house, admin, operation, good, headers)
            if answer.status_code != 415 or fault_in(answer, operation):
                faults.append(f"{operation}, {media_type}: {answer.status_code}")

    assert faults == []


def test_every_field_of_every_body_refuses_the_wrong_type_by_its_name(
    house: House, admin: Patient, takers: Sequence[Operation]
) -> None:
    faults, sent = [], 0

    for operation in takers:
        for one in bent(operation.body, operation.components, house.course.ids_by_field()):
            answer = send(house, admin, operation, json.dumps(one.body).encode(), JSON)
            sent += 1
            fault = fault_in(answer, operation)
            if not fault and not one.fits:
                fault = not_refused_for(one.path, answer)
            if fault:
                faults.append(f"{operation}, {one.path} = {str(one.value)[:40]!r}: {fault}")

    assert faults == []
    assert sent > 1_000


def test_a_code_of_the_right_form_is_not_sent_back_either(
    house: House, admin: Patient, takers: Sequence[Operation]
) -> None:
    codes = ("party", "reference", "officer_reference", "code", "zone", "number", "subject")
    wrong = []

    for operation in takers:
        known = {**house.course.ids_by_field(), **dict.fromkeys(codes, CODE)}
        content = json.dumps(example(operation.body, operation.components, known)).encode()
        for _ in ("first", "again"):
            answer = send(house, admin, operation, content, JSON)
            if answer.is_error and CODE in answer.text:
                wrong.append(f"{operation}: {answer.json()['code']}")

    assert wrong == []


def test_nothing_sent_stands_in_the_log(house: House) -> None:
    said = house.said()

    assert "KANARI" not in said
    assert "Traceback" not in said
    assert "request_failed" not in said


def send(
    house: House,
    client: Patient,
    operation: Operation,
    content: bytes,
    headers: Mapping[str, str | bytes],
) -> httpx.Response:
    """The answer to a body, sent to where something is."""
    address = operation.at(house.course.ids_by_field())
    more = {**headers, "If-Match": '"1"'}
    return client.request(operation.method, address, content=content, headers=more)


def not_refused_for(path: str, answer: httpx.Response) -> str | None:
    """Why an answer is not one that names the field."""
    if answer.status_code != 422:
        return f"answered {answer.status_code}"
    named = [fault["path"] for fault in answer.json().get("errors", [])]
    if not any(one.startswith(path) for one in named):
        return f"names {named}"
    return None
