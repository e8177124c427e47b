"""Each fact is exactly one message per channel, however often and in whatever order it comes."""

import pytest

from services.notifications.app import REACTIONS
from services.notifications.domain.message_key import message_key
from services.notifications.handlers.causes import WHAT_CAUSES_A_MESSAGE
from services.notifications.rendering import MESSAGES
from shared.contracts import CONTRACTS
from shared.contracts.notifications import MessageSettled
from shared.tables import deferred, job

from ..building import Notifications, shuffled
from ..every_fact import EVERYTHING
from ..facts import KARIM, LAYLA, activity, invited, offered, person

EXPECTED = [
    ("activity_cancelled", "email", KARIM),
    ("call_below_minimum", "email", KARIM),
    ("call_ended", "email", KARIM),
    ("call_opened", "email", KARIM),
    ("certificate_issued", "email", LAYLA),
    ("certificate_issued", "sms", LAYLA),
    ("certificate_replaced", "email", LAYLA),
    ("certificate_replaced", "sms", LAYLA),
    ("certificate_revoked", "email", LAYLA),
    ("certificate_revoked", "sms", LAYLA),
    ("change_asked", "email", KARIM),
    ("change_decided", "email", KARIM),
    ("deadline_extended", "email", KARIM),
    ("follow_up_asked", "email", LAYLA),
    ("follow_up_asked", "sms", LAYLA),
    ("follow_up_reminded", "email", LAYLA),
    ("follow_up_reminded", "sms", LAYLA),
    ("joining_instructions", "email", LAYLA),
    ("joining_instructions", "sms", LAYLA),
    ("nomination_ineligible", "email", KARIM),
    ("nomination_returned", "email", KARIM),
    ("offer_ended", "email", KARIM),
    ("other_run_offered", "email", KARIM),
    ("outcome_announced", "email", KARIM),
    ("reviewer_appointed", "email", KARIM),
    ("reviewer_reminded", "email", KARIM),
    ("seat_held", "email", KARIM),
    ("seat_offered", "email", LAYLA),
    ("seat_offered", "sms", LAYLA),
    ("seat_taken_back", "email", LAYLA),
    ("seat_taken_back", "sms", LAYLA),
    ("session_changed", "email", LAYLA),
    ("session_changed", "sms", LAYLA),
    ("visa_letter_issued", "email", LAYLA),
    ("visa_letter_issued", "sms", LAYLA),
    ("visa_letter_void", "email", LAYLA),
    ("visa_letter_void", "sms", LAYLA),
    ("waiting_list_closed", "email", KARIM),
]


def test_every_cause_has_a_reaction_and_every_message_a_cause_or_a_reminder() -> None:
    caused = {one.message for one in WHAT_CAUSES_A_MESSAGE.values()}

    heard = [event.type in REACTIONS.types for event in WHAT_CAUSES_A_MESSAGE]

    assert all(heard)
    assert caused | {"session_reminder"} == set(MESSAGES)


def test_every_event_that_is_addressed_to_somebody_causes_a_message() -> None:
    letter = {"activity_id", "reference", "visibility", "link"}

    addressed = {one for one in CONTRACTS.values() if letter <= {*one.model_fields}}

    assert {one for one in addressed if not one.stated} == {*WHAT_CAUSES_A_MESSAGE}


@pytest.mark.parametrize("seed", [1, 7, 2018])
async def test_each_fact_is_one_message_per_channel_in_any_order(
    notifications: Notifications, seed: int
) -> None:
    letters = [notifications.encoded(event) for event in EVERYTHING]

    for event_type, body in shuffled(letters, seed):
        await notifications.receives(event_type, body)

    written = await notifications.messages()
    assert [(one["message"], one["channel"], one["person_id"]) for one in written] == EXPECTED
    assert {one["status"] for one in written} == {"planned"}
    assert await notifications.rows(deferred) == []
    deliveries = [one for one in await notifications.rows(job) if one["kind"] == "deliver"]
    assert {one["key"] for one in deliveries} == {one["key"] for one in written}


async def test_all_messages_are_sent_once_and_said_to_be_settled(
    notifications: Notifications,
) -> None:
    await notifications.hears(*EVERYTHING)

    await notifications.does_jobs()

    sent = [key for key, _, _ in (*notifications.mails.kept, *notifications.texts.kept)]
    assert len(sent) == len(set(sent)) == len(EXPECTED)
    said = await notifications.said(MessageSettled)
    assert {one.message_key for one in said} == set(sent)
    assert {one.status for one in said} == {"sent"}


async def test_a_message_waits_until_its_reader_is_known(notifications: Notifications) -> None:
    await notifications.hears(offered())
    waiting = await notifications.rows(deferred)

    await notifications.hears(person())

    assert [one["reason"] for one in waiting] == ["not-yet-known"]
    assert [one["channel"] for one in await notifications.messages()] == ["email"]
    assert await notifications.rows(deferred) == []


async def test_a_message_of_an_open_activity_waits_for_its_description(
    notifications: Notifications,
) -> None:
    await notifications.hears(person(), offered(visibility="open"))
    before = await notifications.messages()

    await notifications.hears(activity(visibility="open"))

    assert before == []
    assert len(await notifications.messages()) == 1


async def test_the_key_is_opaque_and_the_same_for_the_same_fact() -> None:
    key = message_key("a fact", LAYLA, "seat_offered", "email")

    again = message_key("a fact", LAYLA, "seat_offered", "email")

    assert key == again
    assert len(key) == 40
    assert key != message_key("a fact", LAYLA, "seat_offered", "sms")


async def test_who_wants_no_channel_is_shown_as_not_told(notifications: Notifications) -> None:
    await notifications.hears(person(wants_email=False, wants_sms=True, phone=None))

    await notifications.hears(offered())

    (one,) = await notifications.messages()
    assert (one["status"], one["reason"]) == ("not_sent", "no-address")
    (said,) = await notifications.said(MessageSettled)
    assert (said.status, said.reason) == ("not_sent", "no-address")


async def test_a_wish_changed_later_adds_no_message_to_a_fact_taken_in(
    notifications: Notifications,
) -> None:
    await notifications.hears(person(KARIM))
    ((event_type, body),) = await notifications.hears(invited())

    await notifications.hears(person(KARIM, wants_sms=True, phone="+962790000002"))
    await notifications.receives(event_type, body)

    assert [one["channel"] for one in await notifications.messages()] == ["email"]


async def test_the_officer_of_a_closed_activity_is_never_written_to(
    notifications: Notifications,
) -> None:
    await notifications.hears(person(LAYLA), person(KARIM))

    await notifications.hears(
        offered(visibility="closed"),
        offered(visibility="closed", recipient_id=KARIM, officer_reference="JO-17"),
    )
    await notifications.does_jobs()

    states = {one["person_id"]: one["status"] for one in await notifications.messages()}
    assert states == {LAYLA: "not_sent", KARIM: "sent"}
    assert [key for key, _, _ in notifications.mails.kept] == [
        one["key"] for one in await notifications.messages(person_id=KARIM)
    ]
