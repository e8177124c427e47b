"""The feed: a system reads the public facts of its parties, from any place on, and misses none."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from services.reporting.archive import archive_facts
from services.reporting.tables import archive
from shared.context import Work
from shared.contracts import CONTRACTS, decode
from shared.contracts.event import secret_fields
from shared.contracts.registration import OutsiderDescribed
from shared.outsiders import digest_of
from shared.process.origin import served
from shared.settings import Settings
from shared.web.tokens import trusting
from tests.services.reporting.building import ISSUER, Reporting
from tests.services.reporting.facts import NOW, Officer
from tests.services.reporting.small_course import AMAL, BASEL, CHAFIK, DINA, small_course

PUBLIC = tuple(name for name, event in CONTRACTS.items() if event.public)
KEY, OTHER = "jo-hr.a-key", "tn-hr.a-key"
NOT_PUBLIC = "registration.seat.offered.v1"


def a_system(key: str = KEY, *parties: str, **other: Any) -> OutsiderDescribed:
    """A system that reads everything public of its parties."""
    plain: dict[str, Any] = {
        "outsider": key.partition(".")[0],
        "parties": parties or ("JO",),
        "sends": (),
        "receives": PUBLIC,
        "state": "active",
        "key_digest": digest_of(key),
    }
    return OutsiderDescribed(**plain | other)


def reader(reporting: Reporting, key: str | None = KEY) -> httpx.AsyncClient:
    """Who asks with a key, or without one."""
    settings = Settings("test", "http://cadre.test", b"k" * 32, trusting(ISSUER))
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(served(reporting.service, settings)),
        base_url="http://cadre.test",
        headers={"Authorization": f"Bearer {key}"} if key else {},
    )


async def read(reporting: Reporting, key: str = KEY, **asked: Any) -> dict[str, Any]:
    """One page."""
    async with reader(reporting, key) as client:
        answer = await client.get("/feed", params=asked)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


async def test_two_systems_read_every_public_fact_of_their_own_party_and_no_other(
    reporting: Reporting,
) -> None:
    await reporting.hears(a_system(), a_system(OTHER, "TN"), *small_course())

    jordan = await read(reporting, limit=500)
    tunisia = await read(reporting, OTHER, limit=500)

    expected = [one for one in small_course() if one.public and one.concerned_party == "JO"]
    assert sorted(one["type"] for one in jordan["items"]) == sorted(one.type for one in expected)
    for page, strangers in ((jordan, (CHAFIK, DINA)), (tunisia, (AMAL, BASEL, CHAFIK))):
        text = json.dumps(page)
        assert not [one for one in strangers if str(one.nominated().person_id) in text]
    assert {one["party"] for one in jordan["items"]} == {"JO"}
    assert {one["party"] for one in tunisia["items"]} == {"TN"}


async def test_fact_is_a_cloud_event_as_it_was_sent_without_its_secrets(
    reporting: Reporting,
) -> None:
    (body,) = await reporting.hears(AMAL.certified())
    await reporting.hears(a_system())

    (item,) = (await read(reporting))["items"]

    sent = json.loads(body)
    secrets = set(secret_fields(CONTRACTS[sent["type"]]))
    data = {name: value for name, value in sent["data"].items() if name not in secrets}
    assert secrets & sent["data"].keys()
    assert item == {**sent, "data": data}


async def test_system_reads_the_types_it_may_and_those_only(reporting: Reporting) -> None:
    kept = "scheduling.officer.enrolled.v1"
    await reporting.hears(a_system(receives=(kept, NOT_PUBLIC)), *small_course())

    page = await read(reporting)

    assert {one["type"] for one in page["items"]} == {kept}


async def test_reading_page_by_page_finds_each_fact_once_in_order(reporting: Reporting) -> None:
    await reporting.hears(a_system(KEY, "JO", "MA", "TN"), *small_course())
    whole = await read(reporting, limit=500)

    found: list[Any] = []
    page = await read(reporting, limit=3)
    while page["items"]:
        found += page["items"]
        page = await read(reporting, limit=3, after=page["next"])

    assert found == whole["items"]
    assert page["next"] == whole["next"]


async def test_place_is_good_to_go_on_from_also_before_anything_has_happened(
    reporting: Reporting,
) -> None:
    await reporting.hears(a_system())
    empty = await read(reporting)

    await reporting.hears(AMAL.enrolled())
    first = await read(reporting, after=empty["next"])
    none = await read(reporting, after=first["next"])
    await reporting.hears(AMAL.completed())
    second = await read(reporting, after=none["next"])

    assert (empty["items"], none["items"]) == ([], [])
    assert [len(page["items"]) for page in (first, second)] == [1, 1]
    assert first["items"] != second["items"]


async def test_place_says_nothing_of_what_happens_to_others(reporting: Reporting) -> None:
    await reporting.hears(a_system(), AMAL.enrolled())
    before = await read(reporting)

    await reporting.hears(*(Officer(f"Officer {n}", "TN", "male").enrolled() for n in range(9)))

    assert await read(reporting) == before
    assert (await read(reporting, after=before["next"]))["next"] == before["next"]


@pytest.mark.parametrize(
    "after", ["elsewhere", "0", "é", "\u202e", "x" * 400, "x" * 401, "a-secret'; --"]
)
async def test_place_that_was_not_given_out_is_refused(reporting: Reporting, after: str) -> None:
    await reporting.hears(a_system(), AMAL.enrolled())

    async with reader(reporting) as client:
        answer = await client.get("/feed", params={"after": after})

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("key", [None, "jo-hr.another", "tn-hr.a-key", "a.b", "eyJhbGciOi.x.y"])
async def test_without_the_key_of_a_system_nothing_is_read_whatever_else_is_wrong(
    reporting: Reporting, key: str | None
) -> None:
    await reporting.hears(a_system(), AMAL.enrolled())

    async with reader(reporting, key) as client:
        answers = [
            await client.get("/feed", params=asked)
            for asked in ({}, {"limit": "x"}, {"after": "elsewhere"})
        ]

    assert [one.status_code for one in answers] == [401] * 3
    assert {one.json()["code"] for one in answers} == {"key-is-not-valid"}
    assert {one.headers["WWW-Authenticate"] for one in answers} == {"Bearer"}


@pytest.mark.parametrize("state", ["suspended", "removed"])
async def test_system_that_takes_no_part_reads_nothing(reporting: Reporting, state: str) -> None:
    await reporting.hears(a_system(), AMAL.enrolled())

    await reporting.hears(a_system(state=state))

    async with reader(reporting) as client:
        assert (await client.get("/feed")).status_code == 401


async def test_token_of_a_person_opens_no_feed(reporting: Reporting) -> None:
    async with reporting.client("admin") as admin, reader(reporting, None) as client:
        answer = await client.get("/feed", headers=admin.headers)

    assert answer.status_code == 401


async def test_fact_committed_late_is_not_skipped(reporting: Reporting) -> None:
    await reporting.hears(a_system())
    bodies = [reporting.encoded(one) for one in (AMAL.enrolled(), BASEL.enrolled())]
    late, prompt = (decode(body, CONTRACTS[json.loads(body)["type"]]) for body in bodies)
    context = reporting.service.context

    async with reporting.database.writing() as connection:
        await archive_facts(Work(context, connection, context.itself, NOW, "c"), [late])

        async def archive_the_other(work: Work) -> None:
            await archive_facts(work, [prompt])

        other = asyncio.create_task(
            context.commit(archive_the_other, actor=context.itself, correlation_id="c")
        )
        await asyncio.wait([other], timeout=0.3)
        waited = not other.done()
        meanwhile = await read(reporting)
    await other

    rest = await read(reporting, after=meanwhile["next"])
    rows = await reporting.rows(archive)
    assert waited
    assert meanwhile["items"] == []
    assert [one["id"] for one in rest["items"]] == [late.id, prompt.id]
    assert [row["event_id"] for row in rows][-2:] == [late.id, prompt.id]
