"""The quotas of a call are shown with who counts towards them; a focal point sees its party's."""

from tests.services.registration.building import Registration
from tests.services.registration.course import a_course


async def test_each_quota_is_told_with_nominees_and_seats(registration: Registration) -> None:
    course = await a_course(registration, women_minimum=1)
    await course.nominates("JO", 1, sex="female")
    await course.nominates("JO", 2)
    await course.nominates("TN", 1)
    await course.selects()

    shown = (await course.coordinator.get(f"/calls/{course.call_id}/quotas")).json()
    jordan = (await course.points["JO"].get(f"/calls/{course.call_id}/quotas")).json()

    told = {
        (one["dimension"], one["value"]): (one["nominated"], one["holding"], one["kept"])
        for one in shown["quotas"]
    }
    assert told == {
        ("party", "JO"): (2, 1, True),
        ("party", "TN"): (1, 1, True),
        ("sex", "female"): (1, 1, True),
    }
    assert [(one["dimension"], one["value"]) for one in jordan["quotas"]] == [
        ("party", "JO"),
        ("sex", "female"),
    ]
