"""A coordinator is told what would let somebody take a held seat, and who that would be."""

from tests.services.registration.building import Registration
from tests.services.registration.test_held_seats_are_decided import a_held_seat, of_reference


async def test_the_least_change_of_a_quota_is_named_with_who_would_get_the_seat(
    registration: Registration,
) -> None:
    course, _ = await a_held_seat(registration)

    address = f"/calls/{course.call_id}/seats/held/ways-out"
    shown = (await course.coordinator.get(address)).json()
    focal_point = await course.points["TN"].get(address)

    first = await of_reference(registration, "TN-002")
    assert shown["ways_out"] == [
        {
            "changes": [
                {"dimension": "sex", "value": "female", "bound": "minimum", "now": 1, "to": 0}
            ],
            "words": "lower the minimum of sex female from 1 to 0",
            "would_take": str(first["id"]),
        }
    ]
    assert focal_point.status_code == 404


async def test_the_page_of_the_call_shows_it(registration: Registration) -> None:
    course, _ = await a_held_seat(registration)

    page = (await course.coordinator.get(f"/calls/{course.call_id}/page")).text

    assert "Each of these changes would be enough:" in page
    assert "The seat would go to" in page


async def test_nothing_is_told_once_nobody_waits(registration: Registration) -> None:
    course, _ = await a_held_seat(registration)
    for reference in ("TN-002", "TN-003"):
        row = await of_reference(registration, reference)
        await course.points["TN"].post(f"/nominations/{row['id']}/withdrawal")

    shown = (await course.coordinator.get(f"/calls/{course.call_id}/seats/held/ways-out")).json()

    assert shown["ways_out"] == []
