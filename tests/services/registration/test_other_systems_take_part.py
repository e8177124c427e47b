"""Other systems: registered for parties and types, with secrets shown once; none is deleted."""

from typing import Any

import pytest

from shared.contracts.registration import OutsiderDescribed
from shared.outsiders import KeyIsNotValid, by_key, outsider
from shared.tables import audit, job, outbox, stored_answer
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course
from tests.services.registration.systems import CONFIRMED, ENROLLED, NOMINATED, a_system, joins


async def test_registered_system_is_known_by_the_key_in_the_answer(
    registration: Registration,
) -> None:
    course = await a_course(registration, seats=0)

    made = await joins(course.admin, receives=[ENROLLED, CONFIRMED, ENROLLED])

    async with registration.database.reading() as connection:
        found = await by_key(connection, made["key"])
    (said,) = await registration.said(OutsiderDescribed)
    assert (found.code, *found.parties, *found.sends) == ("jo-hr", "JO", NOMINATED)
    assert made["receives"] == [CONFIRMED, ENROLLED]
    assert (said.outsider, said.state, said.receives) == ("jo-hr", "active", (CONFIRMED, ENROLLED))
    assert made["broker"] is None


async def test_secrets_are_in_that_answer_alone(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    once = {"Idempotency-Key": "the-one"}

    made = await course.admin.post("/outsiders", json=a_system(), headers=once)
    again = await course.admin.post("/outsiders", json=a_system(), headers=once)

    key = made.json()["key"]
    shown = await course.admin.get("/outsiders/jo-hr")
    assert key.startswith("jo-hr.")
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json() == shown.json() == {**made.json(), "key": None}
    for table in (outsider, outbox, audit, stored_answer, job):
        assert key.partition(".")[2] not in str(await registration.rows(table))


async def test_every_change_leaves_a_line_in_the_audit(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    await joins(course.admin)

    for change in ("suspension", "resumption", "rotation", "removal"):
        await course.admin.post(f"/outsiders/jo-hr/{change}")

    lines = [one for one in await registration.rows(audit) if one["object"] == "outsider/jo-hr"]
    assert [one["action"] for one in lines] == [
        "register-outsider",
        "suspend-outsider",
        "resume-outsider",
        "give-new-secrets",
        "remove-outsider",
    ]


@pytest.mark.parametrize(
    ("other", "code", "place"),
    [
        ({"parties": ["JO", "ZZ"]}, "party-is-not-registered", "parties.1"),
        ({"sends": ["external.seat.wanted.v1"]}, "type-is-not-taken", "sends.0"),
        ({"sends": [CONFIRMED]}, "type-is-not-taken", "sends.0"),
        ({"receives": [NOMINATED]}, "type-is-not-public", "receives.0"),
        (
            {"receives": [CONFIRMED, "registration.person.details_changed.v1"]},
            "type-is-not-public",
            "receives.1",
        ),
        ({"parties": []}, "fields-are-not-valid", "parties"),
        ({"outsider": "JO-HR"}, "fields-are-not-valid", "outsider"),
        ({"outsider": "jo.hr"}, "fields-are-not-valid", "outsider"),
        ({"outsider": "jo-hr\n"}, "fields-are-not-valid", "outsider"),
        ({"sends": ["external.#.v1"]}, "fields-are-not-valid", "sends.0"),
    ],
)
async def test_system_is_refused_with_the_place_of_what_is_wrong(
    registration: Registration, other: dict[str, Any], code: str, place: str
) -> None:
    course = await a_course(registration, seats=0)

    answer = await course.admin.post("/outsiders", json={**a_system(), **other})

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert [one["path"] for one in answer.json()["errors"]] == [place]
    assert await registration.rows(outsider) == []


async def test_code_is_never_given_twice(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    await joins(course.admin)
    taken = await course.admin.post("/outsiders", json=a_system())
    await course.admin.post("/outsiders/jo-hr/removal")

    after_removal = await course.admin.post("/outsiders", json=a_system())

    codes = [answer.json()["code"] for answer in (taken, after_removal)]
    assert codes == ["outsider-exists"] * 2


async def test_system_is_described_anew_by_who_saw_its_version(
    registration: Registration,
) -> None:
    course = await a_course(registration, seats=0)
    await joins(course.admin)
    asked = {"parties": ["TN", "JO"], "sends": [], "receives": [ENROLLED]}
    seen = (await course.admin.get("/outsiders/jo-hr")).headers["ETag"]

    answers = [
        await course.admin.put("/outsiders/jo-hr", json=asked),
        await course.admin.put("/outsiders/jo-hr", json=asked, headers={"If-Match": seen}),
        await course.admin.put("/outsiders/jo-hr", json=asked, headers={"If-Match": seen}),
    ]

    said = (await registration.said(OutsiderDescribed))[-1]
    assert [answer.status_code for answer in answers] == [428, 200, 412]
    assert answers[1].headers["ETag"] == '"2"'
    assert (said.parties, said.sends, said.receives) == (("JO", "TN"), (), (ENROLLED,))


async def test_old_key_ends_when_new_secrets_are_given(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    first = (await joins(course.admin))["key"]

    answer = await course.admin.post("/outsiders/jo-hr/rotation")

    async with registration.database.reading() as connection:
        found = await by_key(connection, answer.json()["key"])
        with pytest.raises(KeyIsNotValid):
            await by_key(connection, first)
    assert found.code == "jo-hr"


async def test_suspended_system_takes_no_part_until_it_is_resumed(
    registration: Registration,
) -> None:
    course = await a_course(registration, seats=0)
    key = (await joins(course.admin))["key"]

    suspended = await course.admin.post("/outsiders/jo-hr/suspension")
    async with registration.database.reading() as connection:
        with pytest.raises(KeyIsNotValid):
            await by_key(connection, key)
    resumed = await course.admin.post("/outsiders/jo-hr/resumption")

    async with registration.database.reading() as connection:
        assert (await by_key(connection, key)).active
    states = [answer.json()["state"] for answer in (suspended, resumed)]
    assert states == ["suspended", "active"]


async def test_the_same_change_again_changes_nothing(registration: Registration) -> None:
    course = await a_course(registration, seats=0)
    await joins(course.admin)
    for change in ("suspension", "removal"):
        await course.admin.post(f"/outsiders/jo-hr/{change}")
        await registration.said()

        again = await course.admin.post(f"/outsiders/jo-hr/{change}")

        assert again.status_code == 200
        assert await registration.said() == []


@pytest.mark.parametrize("change", ["suspension", "resumption", "rotation", "description"])
async def test_nothing_about_a_removed_system_changes_any_more(
    registration: Registration, change: str
) -> None:
    course = await a_course(registration, seats=0)
    key = (await joins(course.admin))["key"]
    removed = await course.admin.post("/outsiders/jo-hr/removal")

    if change == "description":
        asked = {"parties": ["TN"], "sends": [], "receives": []}
        match = {"If-Match": removed.headers["ETag"]}
        answer = await course.admin.put("/outsiders/jo-hr", json=asked, headers=match)
    else:
        answer = await course.admin.post(f"/outsiders/jo-hr/{change}")

    async with registration.database.reading() as connection:
        with pytest.raises(KeyIsNotValid):
            await by_key(connection, key)
    assert (answer.status_code, answer.json()["code"]) == (409, "outsider-is-removed")


@pytest.mark.parametrize("role", ["coordinator", "auditor", "focal_point", "instructor"])
async def test_admin_alone_registers_and_changes_systems(
    registration: Registration, role: Any
) -> None:
    course = await a_course(registration, seats=0)
    await joins(course.admin)
    other = registration.client(role, "JO" if role == "focal_point" else None)

    answers = [
        await other.post("/outsiders", json=a_system("tn-hr")),
        *[
            await other.post(f"/outsiders/jo-hr/{change}")
            for change in ("rotation", "suspension", "resumption", "removal")
        ],
    ]

    shown = await other.get("/outsiders/jo-hr")
    assert {answer.status_code for answer in answers} == {403}
    assert shown.status_code == (200 if role == "auditor" else 403)
    assert len(await registration.rows(outsider)) == 1


async def test_system_that_nobody_registered_is_not_found(registration: Registration) -> None:
    course = await a_course(registration, seats=0)

    answers = [
        await course.admin.get("/outsiders/no-one"),
        await course.admin.post("/outsiders/no-one/rotation"),
        await course.admin.get("/outsiders/no-one/aliases"),
    ]

    assert {answer.status_code for answer in answers} == {404}
