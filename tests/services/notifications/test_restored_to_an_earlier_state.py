"""Restored to an earlier state, notifications asks before it sends, and makes no link up."""

import json
from functools import partial

import pytest

from services.notifications.domain.message_key import message_key
from services.notifications.jobs.delivering import QUESTIONS
from services.notifications.restored import doubt_what_may_have_been_sent
from services.notifications.tables import joining as links
from services.reporting.archive import blanked
from shared.contracts import CONTRACTS, Event, decode
from shared.contracts.archived import encode_archived
from tests.services.notifications.building import Notifications, Receiver
from tests.services.notifications.facts import (
    KARIM,
    LAYLA,
    activity,
    calendar,
    enrolled,
    invited,
    joining,
    offered,
    person,
    scheduled,
)


@pytest.mark.parametrize(
    ("arrived", "ended"),
    [
        ("known", ("sent", "confirmed")),
        ("not_known", ("not_sent", "link-not-archived")),
        ("cannot_ask", ("unsettled", "receiver-cannot-be-asked")),
    ],
)
async def test_fact_with_a_lost_link_is_asked_about_and_never_sent(
    notifications: Notifications, arrived: str, ended: tuple[str, str]
) -> None:
    notifications.mails.answers = arrived  # type: ignore[assignment]
    await notifications.hears(person())

    await catches_up_with(notifications, offered())
    await notifications.does_jobs(QUESTIONS + 2)

    (one,) = await notifications.messages()
    assert (one["status"], one["reason"]) == ended
    assert notifications.mails.kept == []


async def test_fact_without_secret_is_sent_once_if_its_receiver_has_nothing_of_it(
    notifications: Notifications,
) -> None:
    await notifications.hears(person(KARIM))

    await catches_up_with(notifications, invited())
    await notifications.does_jobs()
    await catches_up_with(notifications, invited())
    await notifications.does_jobs()

    assert len(notifications.mails.kept) == 2
    assert len({key for key, *_ in notifications.mails.kept}) == 2


async def test_link_that_is_lost_is_kept_from_reminders(notifications: Notifications) -> None:
    known = (calendar("JO", [4, 5]), activity(), scheduled(), person(), enrolled())
    await notifications.hears(*known)

    await catches_up_with(notifications, joining())
    without = await notifications.rows(links), await notifications.reminders()
    await notifications.hears(joining())

    assert without == ([], {})
    assert len(await notifications.reminders()) == 1


@pytest.mark.parametrize("was_sent", [True, False])
async def test_message_that_was_about_to_be_sent_is_asked_about_first(
    notifications: Notifications, was_sent: bool
) -> None:
    ((_, body),) = (await notifications.hears(person(), offered()))[1:]
    fact = json.loads(body)["id"]
    receiver: Receiver[object] = notifications.mails  # type: ignore[assignment]
    if was_sent:
        key = message_key(fact, LAYLA, "seat_offered", "email")
        receiver.kept.append((key, "before", None))

    doubted: list[int] = []
    await notifications.works(partial(_noted, doubted))
    await notifications.does_jobs()

    (one,) = await notifications.messages()
    assert (doubted, one["status"], receiver.asked) == ([1], "sent", 1)
    assert [to == "before" for _, to, _ in receiver.kept] == [was_sent]


async def _noted(doubted: list[int], work: object) -> None:
    doubted.append(await doubt_what_may_have_been_sent(work))  # type: ignore[arg-type]


async def catches_up_with(notifications: Notifications, event: Event) -> None:
    """An event comes back from the archive."""
    event_type, body = notifications.encoded(event)
    contract = CONTRACTS[event_type]
    kept = blanked(decode(body, contract))
    await notifications.receives(event_type, encode_archived(kept, contract))
