"""The accounts of the play see what is lost and what is doubled, and count from records alone."""

from dataclasses import replace

import pytest

from deploy.demo.accounts import keep_accounts

from .recorded import (
    CERTIFICATE,
    DETAILS,
    INVITED,
    OFFERED,
    STATED,
    a_small_course,
    figures,
    with_arrival_repeated,
    with_message,
    without_archive_row,
    without_arrival,
    without_message,
)


def test_whole_records_balance_and_count_what_happened() -> None:
    records = a_small_course()

    account = keep_accounts(records, 12.34)

    assert account == {
        "officers": 2,
        "countries": 2,
        "women": 1,
        "nominated": 2,
        "selected": 1,
        "waitlisted": 1,
        "confirmed": 1,
        "declined": 1,
        "completed": 1,
        "certificates": 1,
        "emails": 4,
        "sms": 2,
        "events": 7,
        "lost": 0,
        "doubled": 0,
        "refused": 0,
        "unsettled": 0,
        "seconds": 12.3,
    }


def test_one_archive_row_taken_out_and_one_arrival_doubled_are_one_lost_and_one_doubled() -> None:
    records = without_archive_row(a_small_course(), OFFERED)
    records = with_arrival_repeated(records, "seat_offered")

    account = keep_accounts(records, 0)

    assert (account["lost"], account["doubled"]) == (1, 1)


def test_a_row_too_many_of_one_type_does_not_hide_one_missing_of_another() -> None:
    records = without_archive_row(a_small_course(), OFFERED)
    records = replace(records, archived={**records.archived, INVITED: 2})

    account = keep_accounts(records, 0)

    assert account["lost"] == 1


def test_a_private_event_that_one_consumer_did_not_take_in_is_lost() -> None:
    records = a_small_course()
    short = figures("notifications", {}, {DETAILS: 2})
    records = replace(records, figures={**records.figures, "notifications": short})

    account = keep_accounts(records, 0)

    assert account["lost"] == 1


def test_what_is_only_stated_anew_is_not_archived_and_gets_to_each_who_listens() -> None:
    records = a_small_course()
    told = {"registration": figures(committed={STATED: 3})}
    taken = {
        "scheduling": figures("scheduling", {}, {STATED: 3}),
        "notifications": figures("notifications", {}, {STATED: 2}),
    }

    whole = replace(records, figures={**told, "scheduling": taken["scheduling"]}, archived={})
    short = replace(records, figures={**told, **taken}, archived={})

    assert keep_accounts(whole, 0)["lost"] == 0
    assert keep_accounts(short, 0)["lost"] == 1


def test_a_private_event_purged_before_it_was_published_is_not_lost() -> None:
    records = a_small_course()
    purged = {**records.figures["registration"], "purged": {DETAILS: 1}}
    fewer = {DETAILS: 2}
    records = replace(
        records,
        figures={
            **records.figures,
            "registration": purged,
            "notifications": figures("notifications", {}, fewer),
            "scheduling": figures("scheduling", {CERTIFICATE: 1}, fewer),
        },
    )

    account = keep_accounts(records, 0)

    assert account["lost"] == 0


@pytest.mark.parametrize(("message", "ways"), [("seat_offered", 2), ("session_reminder", 1)])
def test_a_message_on_record_that_never_arrived_is_lost(message: str, ways: int) -> None:
    records = without_arrival(a_small_course(), message)

    account = keep_accounts(records, 0)

    assert account["lost"] == ways


@pytest.mark.parametrize("status", ["refused", "not_sent", "unsettled"])
def test_a_message_whose_end_is_on_record_is_not_lost(status: str) -> None:
    records = without_arrival(a_small_course(), "session_reminder")
    records = with_message(records, "session_reminder", status=status)

    account = keep_accounts(records, 0)

    assert account["lost"] == 0
    assert account["unsettled"] == (status == "unsettled")
    assert account["refused"] == (status == "refused")


def test_a_message_that_an_event_made_due_and_nobody_planned_is_lost_on_every_channel() -> None:
    records = without_message(a_small_course(), "certificate_issued")

    account = keep_accounts(records, 0)

    assert account["lost"] == 2


def test_a_message_in_place_of_another_does_not_make_up_for_it() -> None:
    records = without_message(a_small_course(), "call_opened")
    surplus = {**records.messages[-1], "key": "one-more"}
    records = replace(
        records,
        messages=[*records.messages, surplus],
        received=[*records.received, {"key": "one-more", "channel": "email"}],
    )

    account = keep_accounts(records, 0)

    assert (account["lost"], account["doubled"]) == (1, 0)
