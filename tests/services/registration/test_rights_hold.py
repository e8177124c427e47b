"""Who may do what: another party's record does not exist, and a channel counts on its days only."""

from datetime import UTC, datetime

from services.registration.tables import nomination
from shared.tables import audit
from tests.services.registration.building import Registration
from tests.services.registration.course import (
    PROJECT,
    a_call,
    a_course,
    an_officer,
    registers,
)


async def test_a_focal_point_meets_its_own_party_only(registration: Registration) -> None:
    course = await a_course(registration)
    tunisian = await course.nominates("TN", 1)
    await course.nominates("JO", 1)
    jordan = course.points["JO"]
    foreign = {"party": "TN", "officer": an_officer("TN", 2), "priority": 2}

    listed = await jordan.get(f"/calls/{course.call_id}/nominations")
    exported = await jordan.get(f"/calls/{course.call_id}/nominations.csv")
    shown = await jordan.get(f"/calls/{course.call_id}")
    refused = [
        await jordan.post(f"/calls/{course.call_id}/nominations", json=foreign),
        await jordan.post(f"/nominations/{tunisian['id']}/withdrawal"),
        await jordan.post(f"/nominations/{tunisian['id']}/answer", json={"answer": "accept"}),
        await jordan.post(f"/calls/{course.call_id}/rosters?party=TN", content=b"x"),
        await jordan.get(f"/persons/{tunisian['person_id']}"),
        await jordan.post(f"/calls/{course.call_id}/selection"),
    ]

    assert [one["party"] for one in listed.json()["items"]] == ["JO"]
    assert b"TN-001" not in exported.content
    assert shown.json()["parties"] == ["JO"]
    assert [one.status_code for one in refused] == [404] * 6
    assert [row["status"] for row in await registration.rows(nomination)] == ["submitted"] * 2
    outcomes = [row["outcome"] for row in await registration.rows(audit)]
    assert outcomes.count("denied") == 6


async def test_a_channel_counts_from_its_first_to_its_last_day(registration: Registration) -> None:
    course = await a_course(registration)
    holder = await registers(course, party="JO", subject="another")
    channels = await course.admin.get(f"/projects/{PROJECT}/channels")
    jordan = next(one for one in channels.json()["items"] if one["party"] == "JO")
    ended = {"party": "JO", "holder_id": jordan["holder_id"], "from_on": "2018-01-01"}
    begun = {"party": "JO", "holder_id": str(holder), "from_on": "2018-04-20"}

    await course.admin.put(
        f"/projects/{PROJECT}/channels/{jordan['id']}",
        json={**ended, "until_on": "2018-04-19"},
        headers={"If-Match": '"1"'},
    )
    await course.admin.post(f"/projects/{PROJECT}/channels", json=begun)
    another = registration.client("focal_point", "JO", "another")
    before = [await course.points["JO"].get("/calls"), await another.get("/calls")]
    await registration.moves_to(datetime(2018, 4, 20, 9, tzinfo=UTC))
    after = [await course.points["JO"].get("/calls"), await another.get("/calls")]

    assert [len(one.json()["items"]) for one in before] == [1, 0]
    assert [len(one.json()["items"]) for one in after] == [0, 1]


async def test_only_who_is_assigned_coordinates(registration: Registration) -> None:
    course = await a_course(registration)
    stranger = registration.client("coordinator", subject="a-stranger")
    instructor, auditor = registration.client("instructor"), registration.client("auditor")

    denied = [
        await stranger.get(f"/calls/{course.call_id}"),
        await stranger.post("/calls", json=a_call()),
        await instructor.get(f"/calls/{course.call_id}"),
        await instructor.get(f"/calls/{course.call_id}/nominations"),
        await auditor.post(f"/calls/{course.call_id}/selection"),
    ]
    forbidden = [
        await instructor.get("/calls"),
        await auditor.post(
            "/parties", json={"party": "EG", "kind": "country", "names": {"en": "E"}}
        ),
        await course.points["JO"].post(
            "/persons",
            json={
                "names": [{"script": "Latn", "given": "A", "family": "B"}],
                "sex": "male",
                "language": "en",
            },
        ),
    ]
    read = await auditor.get(f"/calls/{course.call_id}")

    assert [one.status_code for one in denied] == [404] * 5
    assert [one.status_code for one in forbidden] == [403] * 3
    assert read.status_code == 200


async def test_nobody_is_let_in_without_a_token(registration: Registration) -> None:
    course = await a_course(registration)
    nobody = registration.client()

    answers = [
        await nobody.get("/calls"),
        await nobody.post("/calls", json={"not": "valid"}),
        await nobody.get(f"/calls/{course.call_id}/page"),
    ]

    assert [one.status_code for one in answers] == [401] * 3
