"""The same request again, twenty times at once, or with another body: it is done once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest
import pytest_asyncio

from .documents import Operation, operations
from .house import House
from .small_course import nomination
from .test_rights_hold import body, whole

AT_ONCE = 20
QUESTION = "POST /registration/calls/{call_id}/eligibility"
"""Asks who could be nominated, and changes nothing."""


@pytest_asyncio.fixture
async def focal_point(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """Nominates for Tunisia."""
    headers = dict(house.bearer("focal_point", party="TN"))
    async with httpx.AsyncClient(base_url=house.origin, headers=headers, timeout=60) as client:
        yield client


async def test_twenty_times_at_once_without_a_key_nominates_once(
    house: House, focal_point: httpx.AsyncClient
) -> None:
    answers = await at_once(focal_point, nominations(house), [nomination("TN", 501)] * AT_ONCE)

    assert Counter(one.status_code for one in answers) == {201: 1, 409: AT_ONCE - 1}
    assert {one.json().get("code") for one in answers} == {None, "already-nominated"}


async def test_twenty_times_at_once_with_a_key_is_answered_as_once(
    house: House, focal_point: httpx.AsyncClient
) -> None:
    key = {"Idempotency-Key": "at once"}

    answers = await at_once(focal_point, nominations(house), [nomination("TN", 502)] * AT_ONCE, key)
    again = await focal_point.post(nominations(house), json=nomination("TN", 502), headers=key)

    done = [one for one in answers if one.status_code == 201]
    waiting = [one for one in answers if one.status_code != 201]
    assert {one.text for one in [*done, again]} == {done[0].text}
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["etag"] == done[0].headers["etag"]
    assert {(one.status_code, one.json()["code"]) for one in waiting} <= {
        (409, "same-request-is-running")
    }
    assert all("retry-after" in one.headers for one in waiting)


async def test_a_key_with_another_body_or_question_is_refused(
    house: House, focal_point: httpx.AsyncClient
) -> None:
    key = {"Idempotency-Key": "other"}
    await focal_point.post(nominations(house), json=nomination("TN", 503), headers=key)

    bodies = [nomination("TN", number) for number in range(510, 510 + AT_ONCE)]
    answers = await at_once(focal_point, nominations(house), bodies, key)
    asked = f"{nominations(house)}?other=1"
    other = await focal_point.post(asked, json=nomination("TN", 503), headers=key)

    codes = {(one.status_code, one.json()["code"]) for one in [*answers, other]}
    assert (422, "idempotency-key-reused") in codes
    assert codes <= {(422, "idempotency-key-reused"), (409, "same-request-is-running")}
    assert other.status_code == 422


async def test_a_key_belongs_to_who_used_it(house: House, focal_point: httpx.AsyncClient) -> None:
    key = {"Idempotency-Key": "mine"}
    mine = await focal_point.post(nominations(house), json=nomination("TN", 504), headers=key)

    bearer = house.bearer("focal_point", party="TN", subject="somebody-else")
    theirs = await focal_point.post(
        nominations(house), json=nomination("TN", 504), headers={**key, **bearer}
    )

    assert (mine.status_code, theirs.status_code) == (201, 404)


async def test_a_refusal_does_not_use_the_key_up(
    house: House, focal_point: httpx.AsyncClient
) -> None:
    key = {"Idempotency-Key": "refused"}

    refused = await focal_point.post(nominations(house), json=nomination("EG", 9), headers=key)
    done = await focal_point.post(nominations(house), json=nomination("TN", 505), headers=key)

    assert (refused.status_code, done.status_code) == (404, 201)


@pytest.mark.parametrize("key", [b"", b"x" * 201, "é".encode(), b"\xff"])
async def test_a_key_that_can_not_be_one_is_refused(
    house: House, focal_point: httpx.AsyncClient, key: bytes
) -> None:
    answer = await focal_point.post(
        nominations(house), json=nomination("TN", 506), headers={b"Idempotency-Key": key}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-is-not-valid")


async def test_of_twenty_changes_of_one_version_one_is_made(house: House) -> None:
    headers = dict(house.bearer("admin"))
    party: dict[str, Any] = {"kind": "agency", "names": {"en": "An agency"}}
    async with httpx.AsyncClient(base_url=house.origin, headers=headers, timeout=60) as admin:
        made = await admin.post("/registration/parties", json={"party": "AGENCY-7", **party})
        seen = {"If-Match": made.headers["etag"]}

        answers = await asyncio.gather(
            *(
                admin.put("/registration/parties/AGENCY-7", json=party, headers=seen)
                for _ in range(AT_ONCE)
            )
        )
        without = await admin.put("/registration/parties/AGENCY-7", json=party)
        odd = [
            await admin.put(
                "/registration/parties/AGENCY-7", json=party, headers={b"If-Match": version}
            )
            for version in (b"*", b"2", b'"2","2"', b'"-1"', b'"9999999999999999999"', b'""')
        ]

    assert Counter(one.status_code for one in answers) == {200: 1, 412: AT_ONCE - 1}
    assert without.status_code == 428
    assert {one.status_code for one in odd} == {412}


def test_whatever_is_done_is_answered_again_as_it_was(own_house: House) -> None:
    known = {**own_house.course.ids_by_field(), **whole(own_house)}
    offered = [one for one in operations(own_house) if one.method == "POST" and not one.is_public]
    posts = [one for one in offered if str(one) != QUESTION]
    done, wrong = [], []

    with own_house.client(own_house.bearer("admin")) as admin:
        for number, operation in enumerate(sorted(posts, key=_ends_most)):
            asked = body(operation, known)
            headers = {"Idempotency-Key": f"again {number}"}
            address = operation.at(known)
            first = admin.post(address, headers=headers, **asked)
            again = admin.post(address, headers=headers, **asked)
            more = {**asked, "params": {**asked.get("params", {}), "lang": "fr"}}
            other = admin.post(address, headers=headers, **more)
            if first.is_success and again.headers.get("idempotent-replayed") is None:
                wrong.append(f"{operation}: done twice, {first.status_code}, {again.status_code}")
            if first.is_success:
                done.append(str(operation))
                if (first.status_code, first.text) != (again.status_code, again.text):
                    wrong.append(f"{operation}: {first.text[:100]}, {again.text[:100]}")
                if other.is_success:
                    wrong.append(f"{operation}: another question is answered {other.status_code}")

    assert wrong == []
    assert len(done) > 15, done


def _ends_most(operation: Operation) -> bool:
    """What ends a person ends what others are tried with."""
    return operation.path.endswith("/erasure")


async def at_once(
    client: httpx.AsyncClient,
    address: str,
    bodies: list[dict[str, Any]],
    headers: Mapping[str, str] | None = None,
) -> list[httpx.Response]:
    """Send all of them, then look at the answers."""
    return await asyncio.gather(
        *(client.post(address, json=body, headers=headers) for body in bodies)
    )


def nominations(house: House) -> str:
    """Where Tunisia nominates."""
    return f"/registration/calls/{house.course.ids['call-RUNNING-1']}/nominations"
