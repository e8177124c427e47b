"""A message reaches its end once: interrupted sendings are asked about, never repeated blindly."""

from datetime import timedelta

import pytest

from services.notifications.channels import SendOutcome
from services.notifications.jobs.delivering import QUESTIONS
from services.notifications.tables import message
from shared.contracts.notifications import MessageSettled
from shared.tables import job

from ..building import Notifications
from ..facts import LAYLA, LINK, TITLE, activity, joining, offered, person

DEFERRED = SendOutcome("deferred", "server-says-later", 451)
LOST = SendOutcome("unknown", "connection-lost-after-data")
LOST_BUT_TAKEN = SendOutcome("unknown", "taken-all-the-same")


async def test_language_and_address_are_those_of_the_moment_of_sending(
    notifications: Notifications,
) -> None:
    await notifications.hears(person(email="old@police.example"), offered())

    await notifications.hears(person(email="new@police.example", language="fr"))
    await notifications.does_jobs()

    ((_, to, mail),) = notifications.mails.kept
    assert (to, mail.language) == ("new@police.example", "fr")
    (one,) = await notifications.messages()
    assert (one["status"], one["language"]) == ("sent", "fr")


async def test_dates_are_written_as_the_readers_country_writes_them(
    notifications: Notifications,
) -> None:
    await notifications.hears(person(language="ar", calendar_country="EG"), offered())

    await notifications.does_jobs()

    ((_, _, mail),) = notifications.mails.kept
    assert mail.direction == "rtl"
    assert "٣ يونيو ٢٠١٨" in mail.text


async def test_a_discreet_mail_tells_no_topic_and_no_place(notifications: Notifications) -> None:
    wanted = {"wants_sms": True, "phone": "+962790000001"}
    await notifications.hears(activity(), person(LAYLA, **wanted), joining(), offered())

    await notifications.does_jobs()

    mails = [mail.text + mail.html for _, _, mail in notifications.mails.kept]
    texts = [text.text for _, _, text in notifications.texts.kept]
    assert len(mails) == len(texts) == 2
    assert not any(word in one for one in (*mails, *texts) for word in (TITLE, "Amman"))
    assert all(LINK in one for one in (*mails, *texts))


async def test_an_open_activity_is_described_until_it_is_open_no_more(
    notifications: Notifications,
) -> None:
    await notifications.hears(activity(visibility="open"), person(), joining(visibility="open"))
    await notifications.does_jobs()
    await notifications.hears(offered(visibility="open"), activity(visibility="discreet"))

    await notifications.does_jobs()

    (open_mail, discreet_mail) = [mail.text for _, _, mail in notifications.mails.kept]
    assert TITLE in open_mail
    assert "Amman" in open_mail
    assert TITLE not in discreet_mail


async def test_the_link_is_kept_no_longer_than_it_is_needed(notifications: Notifications) -> None:
    await notifications.hears(person(), offered())
    (before,) = await notifications.messages()

    await notifications.does_jobs()

    (after,) = await notifications.messages()
    assert before["variables"]["link"] == LINK
    assert after["variables"] == {}


async def test_an_interrupted_sending_that_arrived_is_not_repeated(
    notifications: Notifications,
) -> None:
    await notifications.hears(person(), offered())
    await _is_killed_after_sending(notifications, arrived=True)

    await notifications.does_jobs()

    assert len(notifications.mails.kept) == notifications.mails.asked == 1
    (one,) = await notifications.messages()
    assert (one["status"], one["reason"]) == ("sent", "confirmed")


async def test_an_interrupted_sending_that_did_not_arrive_is_sent(
    notifications: Notifications,
) -> None:
    await notifications.hears(person(), offered())
    await _is_killed_after_sending(notifications, arrived=False)

    await notifications.does_jobs()

    assert len(notifications.mails.kept) == notifications.mails.asked == 1
    assert [one["status"] for one in await notifications.messages()] == ["sent"]


async def test_a_sending_that_shows_as_being_sent_while_it_lasts(
    notifications: Notifications,
) -> None:
    await notifications.hears(person(), offered())

    await _is_killed_after_sending(notifications, arrived=True)

    assert [one["status"] for one in await notifications.messages()] == ["sending"]


@pytest.mark.parametrize(("outcome", "sendings"), [(LOST, 2), (LOST_BUT_TAKEN, 1)])
async def test_a_lost_connection_is_cleared_up_by_asking(
    notifications: Notifications, outcome: SendOutcome, sendings: int
) -> None:
    notifications.mails.outcomes = [outcome]
    await notifications.hears(person(), offered())

    await notifications.does_jobs()

    assert len(notifications.mails.kept) == 1
    assert notifications.mails.asked == 1
    assert [one["status"] for one in await notifications.messages()] == ["sent"]


async def test_a_receiver_that_cannot_be_asked_leaves_it_unsettled(
    notifications: Notifications,
) -> None:
    notifications.mails.outcomes = [LOST]
    notifications.mails.answers = "cannot_ask"
    await notifications.hears(person(), offered())

    await notifications.does_jobs()

    assert notifications.mails.asked == QUESTIONS
    assert notifications.mails.kept == []
    (said,) = await notifications.said(MessageSettled)
    assert (said.status, said.reason) == ("unsettled", "receiver-cannot-be-asked")


async def test_a_receiver_that_answers_again_settles_it(notifications: Notifications) -> None:
    notifications.mails.outcomes = [LOST_BUT_TAKEN]
    notifications.mails.answers = "cannot_ask"
    await notifications.hears(person(), offered())
    await notifications.does_jobs(turns=3)

    notifications.mails.answers = None
    await notifications.does_jobs()

    assert [one["status"] for one in await notifications.messages()] == ["sent"]
    assert len(notifications.mails.kept) == 1


async def test_a_server_that_says_later_is_tried_again(notifications: Notifications) -> None:
    notifications.mails.outcomes = [DEFERRED] * 15
    await notifications.hears(person(), offered())

    await notifications.does_jobs()

    assert notifications.mails.asked == 0
    assert len(notifications.mails.kept) == 1
    assert [one["status"] for one in await notifications.messages()] == ["sent"]


async def test_after_a_day_of_later_it_is_given_up(notifications: Notifications) -> None:
    notifications.mails.outcomes = [DEFERRED] * 15
    await notifications.hears(person(), offered())
    await notifications.does_jobs(turns=2)
    long_ago = notifications.service.context.clock.machine() - timedelta(hours=25)
    async with notifications.database.writing() as connection:
        await connection.execute(message.update().values(first_tried_at=long_ago))

    await notifications.does_jobs()

    (said,) = await notifications.said(MessageSettled)
    assert (said.status, said.reason) == ("refused", "gave-up")


async def test_a_refusal_is_told_with_its_reason(notifications: Notifications) -> None:
    notifications.mails.outcomes = [SendOutcome("refused", "server-says-never", 550)]
    await notifications.hears(person(), offered())

    await notifications.does_jobs()

    (said,) = await notifications.said(MessageSettled)
    assert (said.status, said.reason, said.language) == ("refused", "server-says-never", "en")


async def test_an_address_that_is_gone_when_sending_is_told(notifications: Notifications) -> None:
    await notifications.hears(person(), offered(), person(email=None))

    await notifications.does_jobs()

    (one,) = await notifications.messages()
    assert (one["status"], one["reason"]) == ("not_sent", "no-address")
    assert notifications.mails.kept == []


async def test_a_message_that_cannot_be_written_is_shown_and_not_tried_for_ever(
    notifications: Notifications,
) -> None:
    await notifications.hears(person(), offered(link="javascript:alert(1)"))

    await notifications.does_jobs()

    (one,) = await notifications.messages()
    assert (one["status"], one["reason"]) == ("not_sent", "cannot-be-written")


async def test_a_claimant_whose_lease_ended_sends_nothing(notifications: Notifications) -> None:
    await notifications.hears(person(), offered())
    (slow,) = await notifications.claims()
    await notifications.dies_while_sending()
    (quick,) = await notifications.claims()

    await notifications.does(slow)
    await notifications.does(quick)

    assert len(notifications.mails.kept) == 1
    states = [one["state"] for one in await notifications.rows(job)]
    assert states == ["done"]


async def _is_killed_after_sending(notifications: Notifications, *, arrived: bool) -> None:
    """As `kill -9` between the receiver's answer and our record of it."""
    (one,) = await notifications.claims()
    notifications.mails.outcomes = [
        SendOutcome("sent", "accepted") if arrived else SendOutcome("refused", "not-recorded")
    ]
    await notifications.service.job_kinds[one.kind](one, notifications.service.context)
    await notifications.dies_while_sending()
