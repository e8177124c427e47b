"""What messages promise stands on the page of the call: why, until when, and what to do."""

from shared.contracts.registration import NominationNotSelected
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, a_course, an_officer
from tests.services.registration.other_runs import a_waiting_list, offers, with_another_run

WORDS = "The page of the passport is missing."


async def test_a_returned_nomination_is_explained_and_submitted_again(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1)
    page = f"/calls/{course.call_id}/page?lang=en"
    body = {"reason_code": "document-missing", "reason": WORDS, "correct_until": "2018-05-18"}
    await course.coordinator.post(f"/nominations/{nominated['id']}/return", json=body)

    shown = await course.points["JO"].get(page)
    foreign = await course.points["TN"].get(page)
    again = await course.points["JO"].post(f"/nominations/{nominated['id']}/page/resubmission")

    assert WORDS in shown.text
    assert "A document is missing." in shown.text
    assert "Submit again" in shown.text
    assert WORDS not in foreign.text
    assert (again.status_code, await course.standing()) == (303, {"JO-001": "submitted"})
    after = await course.points["JO"].get(page)
    assert WORDS not in after.text


async def test_a_coordinator_decides_a_change_on_the_page(registration: Registration) -> None:
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1)
    await registration.moves_to(AFTER_THE_DEADLINE)
    asked = await course.points["JO"].post(
        f"/nominations/{nominated['id']}/change-requests",
        json={"change": "correction", "officer": an_officer("JO", 1), "reason": WORDS},
    )
    address = f"/change-requests/{asked.json()['id']}/page/decision"
    page = f"/calls/{course.call_id}/page?lang=en"

    shown = await course.coordinator.get(page)
    own = await course.points["JO"].get(page)
    silent = await course.coordinator.post(address, data={"decision": "refuse"})
    refused = await course.coordinator.post(
        address, data={"decision": "refuse", "reason": "The pool is published."}
    )
    told = await course.points["JO"].get(page)

    assert "Accept the change" in shown.text
    assert "Accept the change" not in own.text
    assert WORDS in own.text
    assert (silent.status_code, refused.status_code) == (422, 303)
    assert "The pool is published." in told.text


async def test_another_run_is_answered_on_the_page(registration: Registration) -> None:
    course = await a_waiting_list(registration)
    other = await with_another_run(course)
    offered = await offers(course, "JO-002", other["id"])
    address = f"/other-runs/{offered.json()['id']}/page/answer"

    shown = await course.points["JO"].get(f"/calls/{course.call_id}/page?lang=en")
    foreign = await course.points["TN"].post(address, data={"answer": "accept"})
    done = await course.points["JO"].post(address, data={"answer": "accept"})
    after = await course.points["JO"].get(f"/calls/{course.call_id}/page?lang=en")

    assert "The call of the other run" in shown.text
    assert (foreign.status_code, done.status_code) == (404, 303)
    assert len(await registration.said(NominationNotSelected)) == 1
    assert "The officer is nominated for another run." in after.text


async def test_a_rule_that_does_not_hold_is_named_on_the_page(registration: Registration) -> None:
    course = await a_course(registration, units=[{"unit": "immigration"}])
    nominated = await course.nominates("JO", 1)
    address = f"/nominations/{nominated['id']}/ineligibility"

    await course.coordinator.post(address, json={"rule": "unit-required"})

    shown = await course.points["JO"].get(f"/calls/{course.call_id}/page?lang=fr")
    assert "L’appel s’adresse à des agents d’autres unités." in shown.text
