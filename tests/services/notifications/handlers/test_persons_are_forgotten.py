"""An erased person is written to no more, and nothing brings back what was known of them."""

from typing import Any

from services.notifications.channels import SendOutcome
from services.notifications.tables import joining as joining_table
from services.notifications.tables import person as person_table
from shared.contracts.notifications import MessageSettled, NotificationsErasureConfirmed
from shared.contracts.registration import PersonErased
from shared.tables import deferred

from ..building import Notifications
from ..facts import JORDAN, KARIM, LAYLA, activity, enrolled, joining, offered, person, scheduled
from ..facts_of_nominees import outcome

ERASED = PersonErased(person_id=LAYLA)


async def test_copy_links_and_unsent_messages_are_blanked_and_a_receipt_is_given(
    notifications: Notifications,
) -> None:
    await notifications.hears(JORDAN, activity(), scheduled(), person(), enrolled(), joining())

    await notifications.hears(ERASED)
    await notifications.does_jobs()

    assert await notifications.rows(person_table) == []
    assert await notifications.rows(joining_table) == []
    assert await notifications.reminders() == {}
    (one,) = await notifications.messages()
    assert (one["status"], one["reason"], one["variables"]) == ("not_sent", "erased", {})
    assert notifications.mails.kept == []
    assert [one.status for one in await notifications.said(MessageSettled)] == ["not_sent"]
    assert await notifications.said(NotificationsErasureConfirmed) == [
        NotificationsErasureConfirmed(person_id=LAYLA)
    ]


async def test_a_second_run_changes_nothing(notifications: Notifications) -> None:
    await notifications.hears(person(), offered(), ERASED)
    before = await notifications.messages(), await notifications.said()

    await notifications.hears(ERASED)

    assert (await notifications.messages(), await notifications.said()) == before


async def test_late_facts_bring_nothing_back(notifications: Notifications) -> None:
    await notifications.hears(JORDAN, activity(), scheduled(), offered(), ERASED)

    await notifications.hears(person(), joining(), enrolled(), offered())
    await notifications.does_jobs()

    assert await notifications.rows(person_table) == []
    assert await notifications.rows(joining_table) == []
    assert await notifications.rows(deferred) == []
    assert {one["reason"] for one in await notifications.messages()} == {"erased"}
    assert {str(one["variables"]) for one in await notifications.messages()} == {"{}"}
    assert await notifications.reminders() == {}
    assert notifications.mails.kept == []


async def test_a_focal_point_is_not_told_of_an_erased_officer_but_of_the_others(
    notifications: Notifications,
) -> None:
    through: dict[str, Any] = {"recipient_id": KARIM, "officer_reference": "JO-17"}
    await notifications.hears(person(KARIM), offered(**through), outcome())

    await notifications.hears(ERASED)
    await notifications.does_jobs()

    states = {one["message"]: one["status"] for one in await notifications.messages()}
    assert states == {"seat_offered": "not_sent", "outcome_announced": "sent"}


async def test_a_sending_on_its_way_still_tells_its_end(notifications: Notifications) -> None:
    await notifications.hears(person(), offered())
    (one,) = await notifications.claims()
    conclude = await notifications.service.job_kinds[one.kind](one, notifications.service.context)
    assert conclude

    await notifications.hears(ERASED)
    await notifications.works(conclude)

    assert [one["status"] for one in await notifications.messages()] == ["sent"]
    assert [one.status for one in await notifications.said(MessageSettled)] == ["sent"]


async def test_what_the_receiver_may_have_stays_unsettled(notifications: Notifications) -> None:
    notifications.mails.outcomes = [SendOutcome("unknown", "connection-lost-after-data")]
    await notifications.hears(person(), offered())
    await notifications.does_jobs(turns=1)

    await notifications.hears(ERASED)
    await notifications.does_jobs()

    (one,) = await notifications.messages()
    assert (one["status"], one["reason"]) == ("unsettled", "erased")
