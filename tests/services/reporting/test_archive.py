"""The archive holds every event that is not private, once, and no secret."""

import json

import pytest

from services.reporting.archive import ARCHIVED
from services.reporting.tables import archive
from shared.contracts import CONTRACTS
from shared.contracts.registration import OutsiderDescribed
from shared.contracts.stated import STATED
from tests.services.reporting.building import Reporting
from tests.services.reporting.facts import a_party
from tests.services.reporting.small_course import AMAL, small_course


async def test_every_fact_that_is_not_private_is_archived_and_none_that_is_only_stated_anew() -> (
    None
):
    types = {one.type for one in ARCHIVED}

    missing = CONTRACTS.keys() - types

    facts = {name for name in missing if not name.endswith(".stated.v1")}
    assert facts == {"registration.person.details_changed.v1"}
    assert missing - facts == {one.type for one in STATED}


async def test_a_fact_that_comes_twice_is_archived_once(reporting: Reporting) -> None:
    (body,) = await reporting.hears(a_party("JO", "Jordan", "الأردن"))

    await reporting.receives("registration.party.described.v1", body, body)

    assert len(await reporting.rows(archive)) == 1


async def test_a_secret_is_blanked_and_all_else_kept_as_sent(reporting: Reporting) -> None:
    sent = json.loads(reporting.encoded(AMAL.offered()))
    sent["data"]["added_later"] = "kept"

    await reporting.receives(sent["type"], json.dumps(sent, ensure_ascii=False).encode())

    (row,) = await reporting.rows(archive)
    assert "a-secret" not in json.dumps(row["body"])
    assert row["body"] == {**sent, "data": {**sent["data"], "link": None}}
    assert (row["party"], str(row["person_id"])) == ("JO", sent["data"]["person_id"])


async def test_a_secret_that_may_be_absent_is_blanked_where_it_is_not(
    reporting: Reporting,
) -> None:
    described = OutsiderDescribed(
        outsider="jo-hr",
        parties=("JO",),
        sends=(),
        receives=(),
        state="active",
        key_digest="a-secret",
    )

    await reporting.hears(described)

    (row,) = await reporting.rows(archive)
    assert row["body"]["data"]["key_digest"] is None


async def test_the_archive_is_listed_in_pages_and_by_type_and_party(reporting: Reporting) -> None:
    await reporting.hears(*small_course())

    async with reporting.client("auditor") as auditor:
        first = (await auditor.get("/archive", params={"limit": 20})).json()
        rest = (await auditor.get("/archive", params={"after": first["next"]})).json()
        jordan = (await auditor.get("/archive", params={"party": "JO", "limit": 500})).json()
        offers = (
            await auditor.get("/archive", params={"type": "registration.seat.offered.v1"})
        ).json()

    assert len(first["items"]) == 20
    assert len(first["items"]) + len(rest["items"]) == len(small_course())
    assert {one["party"] for one in jordan["items"]} == {"JO"}
    assert [one["body"]["data"]["link"] for one in offers["items"]] == [None]


@pytest.mark.parametrize(
    "asked",
    [{"type": "a b"}, {"type": ""}, {"party": "jordan"}, {"limit": "x"}, {"after": "elsewhere"}],
)
async def test_a_filter_that_can_not_be_is_refused(
    reporting: Reporting, asked: dict[str, str]
) -> None:
    async with reporting.client("auditor") as auditor:
        answer = await auditor.get("/archive", params=asked)

    assert answer.status_code == 422


async def test_the_archive_is_counted_row_by_row(reporting: Reporting) -> None:
    await reporting.hears(*small_course())
    async with reporting.database.writing() as connection:
        offered = archive.c.type == "registration.seat.offered.v1"
        await connection.execute(archive.delete().where(offered))

    async with reporting.client("auditor") as auditor:
        counted = (await auditor.get("/archive/figures")).json()

    assert counted["total"] == len(small_course()) - 1
    assert counted["by_type"]["registration.nomination.submitted.v1"] == 4
    assert "registration.seat.offered.v1" not in counted["by_type"]
