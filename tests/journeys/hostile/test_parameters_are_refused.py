"""What stands in addresses and behind question marks: a clear answer, and no echo of it."""

from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from urllib.parse import urlencode

import httpx
import pytest

from .answers import fault_in
from .documents import Operation, meant, operations
from .house import House

CANARY = "KANARI-5e1f"
AT_A_TIME = 7
"""So many of these are tried at each place, in turn; seven shares no divisor with their numbers."""
IN_PATHS = (
    CANARY,
    "%2e%2e",
    "%00",
    "%0d%0aX-Canary:%20KANARI-5e1f",
    "%ff%fe",
    "%ED%A0%80",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%E2%80%AEKANARI-5e1f",
    "x" * 5_000,
    "9" * 40,
    "%22%3Cscript%3EKANARI-5e1f",
    "%25",
    "null",
)
IN_QUERIES = (
    "",
    CANARY,
    "-1",
    "0",
    "501",
    "1e3",
    "9" * 40,
    "%00",
    "%ff",
    "x" * 5_000,
    "WzFd",
    "bnVsbA",
    "W10",
    "W251bGxd",
    "W3siYSI6MX1d",
    "WyJhIiwiYiJd",
    "WzllOTk5XQ",
    "WyJcdWQ4MDAiXQ",
    "WyJcdTAwMDAiXQ",
    "WzkyMjMzNzIwMzY4NTQ3NzU4MDhd",
)
"""The last ones are places in lists as base64: [1], null, [], [null], [{…}], ["a","b"], [9e999],
a lone surrogate, U+0000, 2^63."""


@pytest.fixture(scope="module")
def admin(house: House) -> Iterator[httpx.Client]:
    """Somebody who may ask for everything."""
    with house.client({**house.bearer("admin"), "If-Match": '"1"'}) as client:
        yield client


@pytest.fixture(scope="module")
def offered(house: House) -> Sequence[Operation]:
    """Everything there is."""
    return operations(house)


def test_addresses_of_nothing_are_refused(
    house: House, admin: httpx.Client, offered: Sequence[Operation]
) -> None:
    known, in_paths = house.course.ids_by_field(), cycle(IN_PATHS)
    wrong = []

    for operation in offered:
        for parameter in operation.parameters("path"):
            for value in islice(in_paths, AT_A_TIME):
                place = meant(parameter["name"], operation.path)
                address = operation.at({**known, place: value})
                answer = admin.request(operation.method, address, params=operation.needs(known))
                fault = fault_in(answer, operation, CANARY)
                if fault or answer.is_success:
                    wrong.append(f"{operation}, {value[:20]}: {fault or answer.status_code}")

    assert wrong == []


def test_questions_that_can_not_be_meant_are_refused(
    house: House, admin: httpx.Client, offered: Sequence[Operation]
) -> None:
    known, in_queries = house.course.ids_by_field(), cycle(IN_QUERIES)
    wrong = []

    for operation in offered:
        for parameter in operation.parameters("query"):
            for value in islice(in_queries, AT_A_TIME):
                rest = {
                    k: one for k, one in operation.needs(known).items() if k != parameter["name"]
                }
                address = f"{operation.at(known)}?{urlencode(rest)}&{parameter['name']}={value}"
                fault = fault_in(admin.request(operation.method, address), operation, CANARY)
                wrong += (
                    [f"{operation}, {parameter['name']}={value[:20]}: {fault}"] if fault else []
                )

    assert wrong == []


@pytest.mark.parametrize("limit", ["0", "-1", "501", "x", "1e2", "1.5", "９"])
def test_a_page_of_a_list_has_one_to_five_hundred_items(
    admin: httpx.Client, offered: Sequence[Operation], house: House, limit: str
) -> None:
    lists = [
        one for one in offered if any(each["name"] == "limit" for each in one.parameters("query"))
    ]

    known = house.course.ids_by_field()
    answers = {
        str(one): admin.get(one.at(known), params={**one.needs(known), "limit": limit})
        for one in lists
    }

    assert {answer.status_code for answer in answers.values()} == {422}
    assert len(lists) > 12


def test_no_place_and_no_question_stands_in_the_log(house: House) -> None:
    said = house.said()

    assert "KANARI" not in said
    assert "request_failed" not in said
