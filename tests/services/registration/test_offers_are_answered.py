"""Offers behind signed links: answered once, in time, and never twice sold."""

import asyncio
from datetime import timedelta

import pytest

from services.registration.tables import nomination, offer
from shared.contracts.registration import (
    NominationConfirmed,
    NominationDeclined,
    SeatFreed,
    SeatOffered,
)
from shared.tables import job
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course

HTML = {"Accept": "text/html"}


def path_of(offered: SeatOffered) -> str:
    """The path behind the link of an offer."""
    return offered.link.removeprefix("http://cadre.test/registration")


async def test_a_link_changed_or_foreign_opens_nothing(registration: Registration) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)
    await course.selects()
    (offered,) = await registration.said(SeatOffered)
    visitor, path = registration.client(), path_of(offered)
    foreign = registration.service.context.links.code(
        "joining", offered.offer_id, offered.answer_by.instant
    )

    answers = [
        await visitor.get(path[:-1] + ("A" if path[-1] != "A" else "B")),
        await visitor.get(f"/offer/{foreign}"),
        await visitor.get("/offer/%C3%A9"),
        await visitor.post("/offer/short", data={"answer": "accept"}),
    ]
    odd = await visitor.post(path, data={"answer": "perhaps"})

    assert [one.status_code for one in answers] == [404] * 4
    assert odd.status_code == 422


async def test_an_expired_link_says_so_and_sells_nothing(registration: Registration) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)
    await course.selects()
    (offered,) = await registration.said(SeatOffered)
    visitor = registration.client()
    await registration.moves_to(offered.answer_by.instant + timedelta(seconds=1))

    before_the_job = await visitor.post(path_of(offered), data={"answer": "accept"})
    await registration.does_jobs()
    after_the_job = await visitor.post(path_of(offered), data={"answer": "accept"})
    page = await visitor.get(path_of(offered), headers=HTML)

    assert [before_the_job.status_code, after_the_job.status_code] == [410, 410]
    assert page.status_code == 410
    assert [row["state"] for row in await registration.rows(offer)] == ["expired"]
    assert await course.standing() == {"JO-001": "expired"}


async def test_the_page_speaks_the_language_of_the_officer(registration: Registration) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1, language="ar")
    await course.nominates("TN", 1, language="fr")
    await course.selects()
    offers = {one.party: one for one in await registration.said(SeatOffered)}
    visitor = registration.client()

    arabic = await visitor.get(path_of(offers["JO"]), headers=HTML)
    french = await visitor.get(path_of(offers["TN"]), headers=HTML)
    asked = await visitor.get(path_of(offers["TN"]) + "?lang=en", headers=HTML)

    assert 'dir="rtl"' in arabic.text
    assert "مكافحة الاتجار بالبشر" in arabic.text
    assert "Une place vous est proposée" in french.text
    assert "You are offered a seat" in asked.text


async def test_a_second_answer_is_met_with_a_page_that_changes_nothing(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)
    await course.selects()
    (offered,) = await registration.said(SeatOffered)
    visitor = registration.client()

    await visitor.post(path_of(offered), data={"answer": "accept"}, headers=HTML)
    same = await visitor.post(path_of(offered), data={"answer": "accept"}, headers=HTML)
    other = await visitor.post(path_of(offered), data={"answer": "decline"}, headers=HTML)

    assert (same.status_code, other.status_code) == (200, 409)
    assert "تم تأكيد المقعد" in same.text
    assert len(await registration.said(NominationConfirmed, NominationDeclined)) == 1
    assert [row["state"] for row in await registration.rows(job)] == ["cancelled"]


async def test_button_pressed_twice_at_once_is_friendly_both_times(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)
    await course.selects()
    (offered,) = await registration.said(SeatOffered)
    visitor, path = registration.client(), path_of(offered)

    answers = await asyncio.gather(
        *(visitor.post(path, data={"answer": "accept"}, headers=HTML) for _ in range(3))
    )

    assert [one.status_code for one in answers] == [200] * 3
    assert len(await registration.said(NominationConfirmed)) == 1


@pytest.mark.both_databases
async def test_of_a_hundred_answers_at_once_one_counts(registration: Registration) -> None:
    course = await a_course(registration, seats=1)
    await course.nominates("JO", 1)
    await course.nominates("TN", 1)
    await course.selects()
    (offered,) = await registration.said(SeatOffered)
    visitor = registration.client()

    answers = await asyncio.gather(
        *(
            visitor.post(path_of(offered), data={"answer": "accept" if number % 2 else "decline"})
            for number in range(100)
        )
    )

    said = await registration.said(NominationConfirmed, NominationDeclined)
    assert len(said) == 1
    assert sorted({one.status_code for one in answers}) == [200, 409]
    assert [one.status_code for one in answers].count(200) == 1


@pytest.mark.both_databases
async def test_the_last_seat_is_never_sold_twice(registration: Registration) -> None:
    course = await a_course(registration, seats=1, parties=[{"party": "JO"}, {"party": "TN"}])
    for number in range(1, 7):
        await course.nominates("JO", number)
        await course.nominates("TN", number)
    await course.selects()
    visitor = registration.client()
    freed: list[SeatFreed] = []
    most = 0

    for turn in range(4):
        offers = await registration.said(SeatOffered, SeatFreed)
        freed += [one for one in offers if isinstance(one, SeatFreed)]
        links = [path_of(one) for one in offers if isinstance(one, SeatOffered)]
        answer = "decline" if turn < 3 else "accept"
        answers = [visitor.post(link, data={"answer": answer}) for link in links * 30]
        promotions = [registration.hears(one) for one in freed * 20]
        await asyncio.gather(*answers, *promotions[:70])
        standing = [row["state"] for row in await registration.rows(offer)]
        most = max(most, standing.count("live") + standing.count("accepted"))
        await registration.hears_itself()

    await registration.hears_itself()
    states = [row["state"] for row in await registration.rows(offer)]
    holders = [row["status"] for row in await registration.rows(nomination)]
    assert most <= 1
    assert states.count("live") + states.count("accepted") == 1
    assert holders.count("selected") + holders.count("confirmed") == 1
