"""What API and page show: every message and its end, to those concerned, nothing personal."""

from datetime import date

import pytest

from services.notifications.channels import SendOutcome
from shared.contracts.registration import StaffAssigned
from shared.web.principal import login
from shared.web.tokens import Role

from .building import Notifications
from .every_fact import EVERYTHING
from .facts import LINK, PROJECT, activity, an_id, invited, offered, person

MINE = StaffAssigned(
    assignment_id=an_id("assignment"),
    project_id=PROJECT,
    person_id=an_id("coordinator"),
    login=login("nadia"),
    role="coordinator",
    from_on=date(2018, 1, 1),
)


async def test_messages_are_listed_page_by_page_without_anything_personal(
    notifications: Notifications,
) -> None:
    await notifications.hears(*EVERYTHING)
    await notifications.does_jobs()

    written = await notifications.messages()
    async with notifications.client("auditor") as client:
        half = {"limit": -(-len(written) // 2)}
        first = await client.get("/messages", params=half)
        second = await client.get("/messages", params={**half, "after": first.json()["next"]})

    items = [*first.json()["items"], *second.json()["items"]]
    assert second.json()["next"] is None
    assert sorted(one["key"] for one in items) == sorted(one["key"] for one in written)
    assert {one["status"] for one in items} == {"sent"}
    assert not any(word in first.text for word in ("police.example", "+962", LINK))


async def test_messages_are_filtered(notifications: Notifications) -> None:
    await notifications.hears(*EVERYTHING)

    async with notifications.client("admin") as client:
        asked = {"message": "seat_offered", "channel": "sms", "status": "planned"}
        found = (await client.get("/messages", params=asked)).json()["items"]
        wrong = await client.get("/messages", params={"status": "lost"})

    assert [(one["message"], one["channel"]) for one in found] == [("seat_offered", "sms")]
    assert wrong.status_code == 422


async def test_deliveries_are_counted(notifications: Notifications) -> None:
    await notifications.hears(person(), offered(), invited(an_id("layla")))

    async with notifications.client("auditor") as client:
        counts = (await client.get("/deliveries")).json()["items"]

    assert counts == [
        {"message": name, "channel": "email", "status": "planned", "number": 1}
        for name in ("call_opened", "seat_offered")
    ]


async def test_coordinators_see_the_messages_of_their_projects_only(
    notifications: Notifications,
) -> None:
    elsewhere = an_id("elsewhere")
    other = activity(activity_id=elsewhere, project_id=an_id("another project"))
    await notifications.hears(MINE, activity(), other, person())
    await notifications.hears(offered(), offered(activity_id=elsewhere))

    async with notifications.client("coordinator", "nadia") as client:
        mine = (await client.get("/messages")).json()["items"]
        counts = (await client.get("/deliveries")).json()["items"]
    async with notifications.client("coordinator", "somebody else") as client:
        theirs = (await client.get("/messages")).json()["items"]

    assert [one["activity_id"] for one in mine] == [str(an_id("course"))]
    assert [one["number"] for one in counts] == [1]
    assert theirs == []


@pytest.mark.parametrize("address", ["/messages", "/deliveries", "/"])
@pytest.mark.parametrize(
    ("role", "status"), [(None, 401), ("focal_point", 403), ("instructor", 403)]
)
async def test_others_see_nothing(
    notifications: Notifications, address: str, role: Role | None, status: int
) -> None:
    await notifications.hears(*EVERYTHING)

    async with notifications.client(role) as client:
        answer = await client.get(address)

    assert answer.status_code == status


@pytest.mark.parametrize("place", ["x", "WyJ4Il0", "WzFd", "bnVsbA"])
async def test_a_place_that_is_none_is_refused(notifications: Notifications, place: str) -> None:
    await notifications.hears(*EVERYTHING)

    async with notifications.client("admin") as client:
        answer = await client.get("/messages", params={"after": place})

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Deliveries", "Offer of a seat", "refused")),
        ("ar", ('dir="rtl"', "عرض مقعد", "مرفوضة")),
        ("fr", ("Envois", "Offre de place", "refusé")),
        ("es", ("Envíos", "Oferta de plaza", "rechazado")),
    ],
)
async def test_the_page_shows_counts_and_what_needs_a_look(
    notifications: Notifications, language: str, words: tuple[str, ...]
) -> None:
    notifications.mails.outcomes = [SendOutcome("refused", "server-says-never", 550)]
    await notifications.hears(*EVERYTHING)
    await notifications.does_jobs()

    async with notifications.client("auditor") as client:
        page = await client.get("/", params={"lang": language, "status": "refused"})

    assert page.status_code == 200
    assert all(word in page.text for word in words)
    assert "police.example" not in page.text
