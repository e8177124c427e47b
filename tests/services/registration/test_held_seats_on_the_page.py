"""A held seat on the page of its call: why, to whom it may go, and what was decided."""

import pytest

from tests.services.registration.building import Registration
from tests.services.registration.test_held_seats_are_decided import (
    WHY,
    a_held_seat,
    of_reference,
)


async def test_a_coordinator_decides_on_the_page(registration: Registration) -> None:
    course, seat = await a_held_seat(registration)
    address = f"/calls/{course.call_id}/page"
    waiting = await of_reference(registration, "TN-003")

    before = await course.coordinator.get(address)
    to_auditor = await registration.client("auditor").get(address)
    without = await course.coordinator.post(
        f"{address}/seats/{seat}", data={"decision": "give", "reason": WHY}
    )
    done = await course.coordinator.post(
        f"{address}/seats/{seat}",
        data={"decision": "give", "nomination_id": str(waiting["id"]), "reason": WHY},
    )
    again = await course.coordinator.post(
        f"{address}/seats/{seat}", data={"decision": "leave", "reason": WHY}
    )
    after = await course.coordinator.get(f"{address}?done=given")

    assert f'value="{waiting["id"]}"' in before.text
    assert f"{address}/seats/{seat}" not in to_auditor.text
    assert [one.status_code for one in (without, done, again)] == [422, 303, 409]
    assert done.headers["location"] == f"{address}?done=given"
    assert f"{address}/seats/{seat}" not in after.text
    assert WHY in after.text


async def test_a_coordinator_leaves_a_seat_unused_on_the_page(registration: Registration) -> None:
    course, seat = await a_held_seat(registration)

    left = await course.coordinator.post(
        f"/calls/{course.call_id}/page/seats/{seat}", data={"decision": "leave", "reason": WHY}
    )

    assert (left.status_code, left.headers["location"].endswith("done=unused")) == (303, True)
    assert (await course.seats())["unused"] == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "nobody on the waiting list keeps every quota"),
        ("ar", "ليس في قائمة الانتظار من يحافظ على جميع الحصص"),
        ("fr", "personne sur la liste d’attente ne respecte tous les quotas"),
        ("es", "nadie de la lista de espera respeta todas las cuotas"),
    ],
)
async def test_a_held_seat_is_told_in_the_readers_language(
    registration: Registration, language: str, said: str
) -> None:
    course, _ = await a_held_seat(registration)

    shown = await course.coordinator.get(f"/calls/{course.call_id}/page?lang={language}")

    assert said in shown.text
    assert (language == "en") == ("Leave unused" in shown.text)
