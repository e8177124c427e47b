"""Once the list is frozen a focal point asks, a coordinator decides, and both sides are told."""

from typing import Any

import pytest

from services.registration.tables import change_request, nomination
from shared.contracts.registration import (
    ChangeAsked,
    ChangeDecisionAnnounced,
    ChangeRequestDescribed,
    NominationCorrected,
    NominationReplaced,
    NominationSubmitted,
)
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course, an_officer
from tests.services.registration.frozen import a_frozen_list, asks, decides


async def test_nothing_changes_until_it_is_accepted(registration: Registration) -> None:
    course, (first, _) = await a_frozen_list(registration)
    before = await registration.rows(nomination)

    asked = await asks(course, first, change="correction", officer=an_officer("JO", 1, unit="ncb"))

    assert asked.status_code == 201, asked.text
    assert await registration.rows(nomination) == before
    listed = await course.coordinator.get(f"/calls/{course.call_id}/change-requests")
    assert listed.json()["items"][0]["officer"]["unit"] == "ncb"
    coded = await registration.client("auditor").get(f"/change-requests/{asked.json()['id']}")
    assert coded.json()["officer"] is None
    (told,) = await registration.said(ChangeAsked)
    assert told.change == "correction"
    accepted = await decides(course, asked, decision="accept")
    assert accepted.json()["state"] == "accepted"
    said = await registration.said(
        NominationCorrected, ChangeRequestDescribed, ChangeDecisionAnnounced
    )
    assert [one.type.split(".")[1] for one in said] == [
        *("nomination", "change_request", "change_decision"),
    ]
    assert (said[0].unit, said[2].accepted) == ("ncb", True)
    (kept,) = await registration.rows(change_request)
    assert kept["officer"] is None


async def test_a_refusal_says_why_and_changes_nothing(registration: Registration) -> None:
    course, (first, _) = await a_frozen_list(registration)
    asked = await asks(course, first, change="priority", priority=2)

    silent = await decides(course, asked, decision="refuse")
    refused = await decides(course, asked, decision="refuse", reason="The pool is published.")
    again = await decides(course, asked, decision="accept")

    assert silent.status_code == 422
    assert refused.json()["state"] == "refused"
    assert (again.status_code, again.json()["code"]) == (409, "change-is-decided")
    (told,) = await registration.said(ChangeDecisionAnnounced)
    assert not told.accepted
    shown = await course.points["JO"].get(f"/change-requests/{asked.json()['id']}")
    foreign = await course.points["TN"].get(f"/change-requests/{asked.json()['id']}")
    assert shown.json()["decision_reason"] == "The pool is published."
    assert foreign.status_code == 404
    assert (await course.standing())["JO-001"] == "submitted"


async def test_a_priority_changes_places_with_whoever_has_it(registration: Registration) -> None:
    course, (first, _) = await a_frozen_list(registration)

    await decides(
        course, await asks(course, first, change="priority", priority=2), decision="accept"
    )

    rows = await registration.rows(nomination)
    ranks = {row["officer_reference"]: row["priority"] for row in rows}
    assert ranks == {"JO-001": 2, "JO-002": 1, "TN-001": 1}


async def test_another_officer_takes_the_place_on_the_list_and_is_not_late(
    registration: Registration,
) -> None:
    course, (first, _) = await a_frozen_list(registration)
    asked = await asks(course, first, change="replacement", officer=an_officer("JO", 9))

    await decides(course, asked, decision="accept")

    said = await registration.said(NominationReplaced, NominationSubmitted)
    assert [type(one) for one in said] == [NominationReplaced, NominationSubmitted]
    assert (said[1].priority, said[1].late) == (1, False)
    await course.selects()
    assert await course.standing() == {
        "JO-001": "replaced",
        "JO-002": "waitlisted",
        "JO-009": "selected",
        "TN-001": "selected",
    }


async def test_what_the_rules_forbid_is_not_carried_out_and_stays_open(
    registration: Registration,
) -> None:
    course, (first, _) = await a_frozen_list(registration, units=[{"unit": "immigration"}])
    asked = await asks(
        course, first, change="correction", officer=an_officer("JO", 1, unit="training")
    )

    answer = await decides(course, asked, decision="accept")

    assert (answer.status_code, answer.json()["code"]) == (422, "officer-is-not-eligible")
    (kept,) = await registration.rows(change_request)
    assert kept["state"] == "open"
    assert kept["officer"]["unit"] == "training"


async def test_one_change_at_a_time_and_it_may_be_taken_back(registration: Registration) -> None:
    course, (first, _) = await a_frozen_list(registration)
    asked = await asks(course, first, change="priority", priority=2)

    second = await asks(course, first, change="priority", priority=3)
    back = await course.points["JO"].post(f"/change-requests/{asked.json()['id']}/taking-back")
    third = await asks(course, first, change="priority", priority=3)

    assert (second.status_code, second.json()["code"]) == (409, "change-is-asked-already")
    assert back.json()["state"] == "taken_back"
    assert third.status_code == 201


async def test_a_request_ends_with_its_nomination(registration: Registration) -> None:
    course, (first, _) = await a_frozen_list(registration)
    await asks(course, first, change="correction", officer=an_officer("JO", 1))

    await course.points["JO"].post(f"/nominations/{first['id']}/withdrawal")

    (kept,) = await registration.rows(change_request)
    assert (kept["state"], kept["officer"]) == ("ended", None)


@pytest.mark.parametrize(
    "asked",
    [
        {"change": "withdrawal"},
        {"change": "priority", "priority": 3},
        {"change": "correction", "officer": an_officer("JO", 1)},
        {"change": "replacement", "officer": an_officer("JO", 9)},
    ],
)
async def test_what_can_be_done_at_once_is_not_asked_for(
    registration: Registration, asked: dict[str, Any]
) -> None:
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1)

    answer = await asks(course, nominated, **asked)

    assert (answer.status_code, answer.json()["code"]) == (409, "change-needs-no-request")


async def test_an_erased_officer_is_asked_for_no_more(registration: Registration) -> None:
    course, (first, second) = await a_frozen_list(registration)
    await asks(course, first, change="replacement", officer=an_officer("JO", 2))

    await course.admin.post(f"/persons/{second['person_id']}/erasure")
    await course.admin.post(f"/persons/{first['person_id']}/erasure")

    (kept,) = await registration.rows(change_request)
    assert (kept["state"], kept["officer"], kept["reason"]) == ("ended", None, None)
