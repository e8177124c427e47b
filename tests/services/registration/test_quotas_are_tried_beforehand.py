"""Whether the quotas of a call can be kept is told beforehand, and names what clashes."""

from shared.contracts.registration import SelectionRunEnded
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course
from tests.services.registration.runs import a_full_course, a_run


async def test_quotas_that_can_not_be_kept_fail_the_run_by_name(
    registration: Registration,
) -> None:
    course = await a_full_course(
        registration, women_minimum=2, parties=[{"party": "JO", "minimum": 2}, {"party": "TN"}]
    )
    await registration.said()

    before = (await course.coordinator.get(f"/calls/{course.call_id}/feasibility")).json()
    run = await a_run(course)

    assert (before["feasible"], before["nominated"]) == (False, 6)
    women = next(one for one in before["quotas"] if one["dimension"] == "sex")
    assert (women["minimum"], women["nominated"]) == (2, 2)
    assert [one["words"] for one in before["relaxations"]] == [
        "Jordan: at least 1 instead of 2",
        "Women: at least 1 instead of 2",
        "Seats: at most 3 instead of 2",
    ]
    clash = {(one["dimension"], one["value"]) for one in before["obstacles"]}
    assert clash == {("party", "JO"), ("sex", "female"), ("seats", "")}
    assert (run["state"], run["failure"]["code"]) == ("failed", "quotas-cannot-be-met")
    assert {(one["dimension"], one["value"]) for one in run["failure"]["obstacles"]} == clash
    assert run["failure"]["relaxations"][0]["changes"][0]["to"] == 1
    assert [one.state for one in await registration.said(SelectionRunEnded)] == ["failed"]


async def test_a_call_that_can_be_selected_says_so_before_the_deadline(
    registration: Registration,
) -> None:
    course = await a_course(registration, women_minimum=1)
    address = f"/calls/{course.call_id}/feasibility"

    empty = (await course.coordinator.get(address)).json()
    await course.nominates("JO", 1, sex="female")
    met = (await course.coordinator.get(address)).json()
    await course.selects()
    late = await course.coordinator.get(address)

    assert (empty["feasible"], empty["obstacles"][0]["value"]) == (False, "female")
    assert (met["feasible"], met["obstacles"]) == (True, [])
    assert late.json()["code"] == "already-selected"
