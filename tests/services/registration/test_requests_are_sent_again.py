"""What is worked out before it is done is answered as at first when it is sent again."""

import httpx

from shared.contracts.registration import SelectionConcluded
from tests.services.registration.building import Registration
from tests.services.registration.course import AFTER_THE_DEADLINE, a_course

KEY = {"Idempotency-Key": "once"}
ROSTER = (
    b"officer_reference,given_name,family_name,sex,unit,language,priority\n"
    b"JO-001,Omar,Haddad,m,immigration,en,1\n"
)


def assert_the_same(answers: list[httpx.Response]) -> None:
    """Both were answered alike, and the second as one that was known."""
    first, again = answers
    assert first.is_success, first.text
    assert (again.status_code, again.text) == (first.status_code, first.text)
    assert again.headers["idempotent-replayed"] == "true"


async def test_selection_sent_again_is_answered_as_it_was(registration: Registration) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)
    await registration.moves_to(AFTER_THE_DEADLINE)
    address = f"/calls/{course.call_id}/selection"

    answers = [await course.coordinator.post(address, headers=KEY) for _ in range(2)]
    other = await course.coordinator.post(f"{address}?without_returned=true", headers=KEY)

    assert_the_same(answers)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert len(await registration.said(SelectionConcluded)) == 1


async def test_roster_sent_again_after_the_deadline_is_answered_as_it_was(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    address = f"/calls/{course.call_id}/rosters?party=JO"

    answers = []
    for _ in range(2):
        answers.append(await course.points["JO"].post(address, content=ROSTER, headers=KEY))
        await registration.moves_to(AFTER_THE_DEADLINE)

    assert_the_same(answers)
