"""Who sees which figures: a focal point only its own party's, others' projects are not there."""

import pytest

from shared.web.tokens import Role
from tests.services.reporting.building import Reporting
from tests.services.reporting.facts import ACTIVITY, PROJECT, an_id
from tests.services.reporting.small_course import small_course

OF_ACTIVITY = f"/activities/{ACTIVITY}/participation"
OF_PROJECT = f"/projects/{PROJECT}/participation"


@pytest.mark.parametrize("path", [OF_ACTIVITY, OF_PROJECT])
async def test_a_focal_point_sees_the_figures_of_its_own_party_only(
    reporting: Reporting, path: str
) -> None:
    await reporting.hears(*small_course())

    async with reporting.client("focal_point", "nfp-jo", "JO") as focal_point:
        shown = (await focal_point.get(path)).json()

    assert shown["parties_shown"] == ["JO"]
    assert [one["party"] for one in shown["by_party"]] == ["JO"]
    assert shown["overall"]["nominated"]["total"] == 2
    assert shown["selections"] == []
    assert {(one["message"], one["messages"]) for one in shown["deliveries"]} == {
        ("call_opened", 1),
        ("seat_offered", 1),
    }


@pytest.mark.parametrize("path", [OF_ACTIVITY, OF_PROJECT])
@pytest.mark.parametrize(
    ("role", "subject", "party"),
    [
        ("focal_point", "nfp-ma", "MA"),
        ("focal_point", "nfp-jo", "MA"),
        ("coordinator", "somebody else", None),
        ("instructor", "instructor", None),
    ],
)
async def test_who_has_no_part_in_the_project_finds_nothing(
    reporting: Reporting, path: str, role: Role, subject: str, party: str | None
) -> None:
    await reporting.hears(*small_course())

    async with reporting.client(role, subject, party) as stranger:
        answer = await stranger.get(path)

    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize("role", ["admin", "auditor", "coordinator"])
async def test_staff_and_auditors_see_all_parties(reporting: Reporting, role: Role) -> None:
    await reporting.hears(*small_course())

    async with reporting.client(role) as reader:
        shown = (await reader.get(OF_ACTIVITY)).json()

    assert shown["parties_shown"] is None
    assert len(shown["by_party"]) == 4


@pytest.mark.parametrize("role", ["coordinator", "focal_point", "instructor"])
@pytest.mark.parametrize("path", ["/archive", "/archive/figures"])
async def test_the_archive_is_for_auditors(reporting: Reporting, role: Role, path: str) -> None:
    async with reporting.client(role) as reader:
        answer = await reader.get(path)

    assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")


async def test_an_activity_nobody_knows_is_not_found(reporting: Reporting) -> None:
    async with reporting.client("admin") as admin:
        answer = await admin.get(f"/activities/{an_id('nothing')}/participation")

    assert answer.status_code == 404
