"""Details are kept sealed, shown to few, and for a time."""

from datetime import UTC, date, datetime, timedelta

from services.registration.tables import follow_up, follow_up_answer
from shared.contracts.registration import FollowUpDescribed
from shared.tables import audit, outbox
from tests.services.registration.building import Registration
from tests.services.registration.course import the_activity
from tests.services.registration.detailed import (
    ANSWER_BY,
    DETAILS,
    FORM,
    HTML,
    NUMBER,
    a_confirmed_seat,
)


async def test_details_are_kept_sealed_and_shown_to_coordinators(
    registration: Registration,
) -> None:
    course, path, nominated = await a_confirmed_seat(registration)
    visitor = registration.client()

    sent = await visitor.post(path, data=FORM, headers=HTML)
    again = await visitor.get(path, headers=HTML)

    assert sent.status_code == 200, sent.text
    address = f"/nominations/{nominated['id']}/follow-up"
    shown = await course.coordinator.get(address)
    assert shown.json()["state"] == "complete"
    assert shown.json()["details"]["passport"] == DETAILS["passport"]
    (kept,) = await registration.rows(follow_up_answer)
    assert NUMBER.encode() not in kept["sealed"]
    assert b"Aqaba" not in kept["sealed"]
    assert NUMBER not in again.text
    own = await course.points["JO"].get(address)
    foreign = await course.points["TN"].get(address)
    assert (own.json()["state"], own.json()["details"]) == ("complete", None)
    assert foreign.status_code == 404


async def test_details_are_in_no_event_and_no_record(registration: Registration) -> None:
    _, path, _ = await a_confirmed_seat(registration)

    await registration.client().post(path, data=FORM)

    bodies = [row["body"] for row in await registration.rows(outbox)]
    assert bodies
    assert not [one for one in bodies if NUMBER.encode() in one or b"Aqaba" in one]
    assert not [row for row in await registration.rows(audit) if NUMBER in str(row)]
    (said,) = await registration.said(FollowUpDescribed)
    assert said.state == "complete"


async def test_the_link_ends_with_the_day(registration: Registration) -> None:
    _, path, _ = await a_confirmed_seat(registration)
    await registration.moves_to(ANSWER_BY + timedelta(seconds=1))

    answer = await registration.client().post(path, data=FORM)
    foreign = await registration.client().get("/follow-up/short")

    assert (answer.status_code, foreign.status_code) == (410, 404)


async def test_a_seat_given_back_leaves_no_details(registration: Registration) -> None:
    course, path, nominated = await a_confirmed_seat(registration)
    await registration.client().post(path, data=FORM)

    await course.points["JO"].post(f"/nominations/{nominated['id']}/withdrawal")
    closed = await registration.client().post(path, data=FORM)

    assert await registration.rows(follow_up_answer) == []
    assert (closed.status_code, closed.json()["code"]) == (409, "follow-up-is-closed")


async def test_an_erased_officer_leaves_no_details(registration: Registration) -> None:
    course, path, nominated = await a_confirmed_seat(registration)
    await registration.client().post(path, data=FORM)
    assert len(await registration.rows(follow_up_answer)) == 1

    await course.admin.post(f"/persons/{nominated['person_id']}/erasure")

    assert await registration.rows(follow_up_answer) == []


async def test_details_are_deleted_six_weeks_after_the_end(registration: Registration) -> None:
    _, path, _ = await a_confirmed_seat(registration)
    await registration.client().post(path, data=FORM)
    end = datetime(2018, 6, 28, 20, 59, tzinfo=UTC)

    await registration.moves_to(end + timedelta(weeks=6, seconds=-1))
    await registration.does_jobs()
    before = await registration.rows(follow_up_answer)
    await registration.moves_to(end + timedelta(weeks=6))
    await registration.does_jobs()

    assert len(before) == 1
    assert await registration.rows(follow_up_answer) == []
    assert [row["state"] for row in await registration.rows(follow_up)] == ["complete"]


async def test_an_activity_put_off_keeps_the_details_longer(registration: Registration) -> None:
    _, path, _ = await a_confirmed_seat(registration)
    await registration.client().post(path, data=FORM)
    later = {"starts_on": date(2018, 9, 2), "ends_on": date(2018, 9, 6)}
    await registration.hears(the_activity(**later))

    await registration.moves_to(datetime(2018, 8, 10, tzinfo=UTC))
    await registration.does_jobs()
    kept = await registration.rows(follow_up_answer)
    await registration.moves_to(datetime(2018, 10, 19, tzinfo=UTC))
    await registration.does_jobs()

    assert len(kept) == 1
    assert await registration.rows(follow_up_answer) == []


async def test_auditors_read_no_details(registration: Registration) -> None:
    _, path, nominated = await a_confirmed_seat(registration)
    await registration.client().post(path, data=FORM)

    shown = await registration.client("auditor").get(f"/nominations/{nominated['id']}/follow-up")

    assert (shown.json()["state"], shown.json()["details"]) == ("complete", None)
