"""What officers told is read on record, and stays readable when the key of the service changes."""

from dataclasses import replace
from uuid import UUID

from services.registration.doctor import what_is_sealed_opens
from services.registration.seats.follow_up_data import PURPOSE
from services.registration.seats.resealing import reseal
from shared.context import OPERATOR
from shared.tables import audit
from tests.services.registration.building import Registration
from tests.services.registration.detailed import ANSWER_BY, FORM, NUMBER, a_confirmed_seat


async def test_the_record_says_who_read_details_and_whose_but_not_what(
    registration: Registration,
) -> None:
    course, path, nominated = await a_confirmed_seat(registration)
    address = f"/nominations/{nominated['id']}/follow-up"
    await course.coordinator.get(address)
    await registration.client().post(path, data=FORM)

    await course.coordinator.get(address)
    await course.points["JO"].get(address)
    await registration.client("auditor").get(address)

    rows = [row for row in await registration.rows(audit) if row["action"] == "read-follow-up"]
    assert [(row["role"], row["object"], row["outcome"]) for row in rows] == [
        ("coordinator", f"nomination/{nominated['id']}", "done")
    ]


async def test_after_a_change_of_the_key_details_open_until_they_are_sealed_anew(
    registration: Registration,
) -> None:
    course, path, nominated = await a_confirmed_seat(registration)
    await registration.client().post(path, data=FORM)
    address = f"/nominations/{nominated['id']}/follow-up"
    context, first = registration.service.context, registration.service.context.links
    context.links = replace(first, key=b"its next key", former=(first.key,))

    shown = await course.coordinator.get(address)
    warned = await what_is_sealed_opens(context)
    told = await reseal(context, OPERATOR)
    context.links = replace(first, key=b"its next key")

    assert shown.json()["details"] == (await course.coordinator.get(address)).json()["details"]
    assert (warned.level, told) == ("warning", "1 sealed anew")
    assert (await what_is_sealed_opens(context)).level == "ok"


async def test_details_of_a_key_that_is_not_here_are_seen_and_not_touched(
    registration: Registration,
) -> None:
    course, path, nominated = await a_confirmed_seat(registration)
    await registration.client().post(path, data=FORM)
    address = f"/nominations/{nominated['id']}/follow-up"
    context, first = registration.service.context, registration.service.context.links
    context.links = replace(first, key=b"its next key")

    refused = await course.coordinator.get(address)
    missed = await what_is_sealed_opens(context)
    told = await reseal(context, OPERATOR)
    context.links = first

    assert (refused.status_code, refused.json()["code"]) == (409, "seal-does-not-open")
    assert (missed.level, missed.words) == ("wrong", "1 of 1 details do not open by any key here")
    assert told == "0 sealed anew, 1 do not open by any key that is here"
    assert (await course.coordinator.get(address)).json()["details"]["passport"]["number"] == NUMBER


async def test_details_that_nobody_can_read_any_more_are_told_anew(
    registration: Registration,
) -> None:
    course, path, nominated = await a_confirmed_seat(registration)
    await registration.client().post(path, data=FORM)
    context, first = registration.service.context, registration.service.context.links
    context.links = replace(first, key=b"its next key")
    path = f"/follow-up/{context.links.code(PURPOSE, UUID(nominated['id']), ANSWER_BY)}"

    sent = await registration.client().post(path, data=FORM)

    assert sent.status_code == 200
    address = f"/nominations/{nominated['id']}/follow-up"
    assert (await course.coordinator.get(address)).json()["details"]["passport"]["number"] == NUMBER
