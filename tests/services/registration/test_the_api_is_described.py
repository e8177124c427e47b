"""The OpenAPI document: every address says what it takes and what it refuses."""

import pytest

from services.registration.tables import nomination
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course

BODILESS = (
    *("/erasure", "/selection", "/withdrawal", "/resubmission", "/taking-back"),
    *("/cancellation", "/approval", "/conclusion", "/closing", "/submission", "/undoing"),
    *("/draw",),
    *("/rotation", "/suspension", "/resumption", "/removal"),
)


async def test_every_address_says_what_it_takes_and_refuses(registration: Registration) -> None:
    answer = await registration.client().get("/openapi.json")

    paths = answer.json()["paths"]
    changes = {
        address: operations[method]
        for address, operations in paths.items()
        for method in ("post", "put")
        if method in operations and not address.startswith(("/story", "/deadletters"))
    }
    bodiless = [
        address
        for address, operation in changes.items()
        if "requestBody" not in operation and not address.endswith(BODILESS)
    ]
    assert answer.status_code == 200
    assert bodiless == []
    assert "409" in paths["/calls"]["post"]["responses"]
    assert "413" in paths["/calls/{call_id}/rosters"]["post"]["responses"]
    assert not [address for address in paths if "/page" in address]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"answer": "accept", "answer": "decline"}',
        b'{"answer": NaN}',
        b'{"answer": "\\ud800"}',
        b'{"answer": "\\u0000"}',
        b"[" * 10_000,
        b'{"answer": "' + b"x" * 3_000_000 + b'"}',
    ],
)
async def test_malformed_bodies_are_refused_and_change_nothing(
    registration: Registration, body: bytes
) -> None:
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1)
    before = await registration.rows(nomination)

    answer = await course.points["JO"].post(
        f"/nominations/{nominated['id']}/answer",
        content=body,
        headers={"Content-Type": "application/json"},
    )

    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert await registration.rows(nomination) == before


async def test_a_list_of_nominees_goes_on_where_it_ended(registration: Registration) -> None:
    course = await a_course(registration)
    for number in (1, 2, 3):
        await course.nominates("JO", number)
        await course.nominates("TN", number)
    address = f"/calls/{course.call_id}/nominations"

    page = (await course.coordinator.get(f"{address}?limit=2")).json()
    seen = page["items"]
    while page["next"]:
        page = (await course.coordinator.get(f"{address}?limit=2&after={page['next']}")).json()
        seen += page["items"]
    forged = await course.coordinator.get(f"{address}?after=W10")

    assert [one["officer_reference"] for one in seen] == [
        *("JO-001", "JO-002", "JO-003"),
        *("TN-001", "TN-002", "TN-003"),
    ]
    assert forged.status_code == 422
