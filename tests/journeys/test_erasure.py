"""Who is erased is forgotten by every service, down to the bytes of its files."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.played import Played
from tests.services.embedded.served import served, token

FILES = ("registration", "scheduling", "notifications", "reporting", "queue")
RECEIPTS = {"registration", "scheduling", "notifications", "reporting"}
REFERENCE = "HR-70417-of-the-officer-to-be-erased"
"""How another system calls the officer."""
ATTENDED, NOMINATED = "external.attendance.recorded.v1", "external.nomination.submitted.v1"


@pytest.mark.timeout(300)
async def test_an_erased_officer_is_found_nowhere_and_certified_to_nobody(
    played_course: Played, tmp_path: Path
) -> None:
    folder = played_course.copied_to(tmp_path / "copy")
    async with served(folder) as one:
        bearer = {"Authorization": f"Bearer {token(folder, 'admin')}"}
        async with httpx.AsyncClient(base_url=one.origin, headers=bearer) as admin:
            officer = await a_certified_officer(admin)
            key = {"Authorization": f"Bearer {await a_system_that_knows(admin, officer)}"}
            async with httpx.AsyncClient(base_url=one.origin, headers=key) as system:
                held = await tells(system, an_attendance(officer))
                refused = await tells(system, a_nomination(officer))
                known_before = personal_texts_in(folder, officer)

                asked = await admin.post(f"/registration/persons/{officer['id']}/erasure", json={})
                receipts = await receipts_of(admin, officer["id"])
                forgotten = await answered(system, "attendance-1")
                again = await admin.get(f"/registration/persons/{officer['id']}")

    assert known_before >= {REFERENCE, officer["email"]}
    assert (held["state"], refused["state"]) == ("held", "refused")
    assert [one["code"] for one in forgotten["faults"]] == ["officer-is-forgotten"]
    assert asked.status_code == 202
    assert receipts == RECEIPTS
    assert all(text not in again.text for text in personal_texts(officer))
    assert personal_texts_in(folder, officer) == set()


async def a_certified_officer(admin: httpx.AsyncClient) -> Any:
    """The record of an officer who took part to the end."""
    [call] = (await admin.get("/registration/calls")).json()["items"]
    listed = await admin.get(f"/registration/calls/{call['id']}/nominations?limit=200")
    confirmed = [one for one in listed.json()["items"] if one["status"] == "confirmed"]
    person_id = confirmed[0]["person_id"]
    return (await admin.get(f"/registration/persons/{person_id}")).json()


async def a_system_that_knows(admin: httpx.AsyncClient, officer: Any) -> str:
    """The key of another system, which calls the officer by a name of its own."""
    types = {"sends": [ATTENDED, NOMINATED], "receives": []}
    described = {"outsider": "their-hr", "parties": [officer["party"]], **types}
    made = await admin.post("/registration/outsiders", json=described)
    called = {"kind": "officer", "party": officer["party"], "reference": REFERENCE}
    alias = {**called, "meant_id": officer["id"]}
    named = await admin.post("/registration/outsiders/their-hr/aliases", json=alias)
    assert (made.status_code, named.status_code) == (201, 201)
    return str(made.json()["key"])


def an_attendance(officer: Any) -> dict[str, Any]:
    """The officer was at an activity of which nobody knows here: it waits for a person."""
    said = {"session": 1, "officer": REFERENCE, "status": "present"}
    return an_event(officer, "attendance-1", ATTENDED, said)


def a_nomination(officer: Any) -> dict[str, Any]:
    """The officer is put forward with everything personal, in no call there is."""
    names = [
        {name: one[name] for name in ("script", "given", "family")} for one in officer["names"]
    ]
    known = {name: officer[name] for name in ("email", "phone", "unit", "sex", "language")}
    said = {"officer": {"reference": REFERENCE, "names": names, **known}, "priority": 1}
    return an_event(officer, "nomination-1", NOMINATED, said)


def an_event(officer: Any, identity: str, event_type: str, said: dict[str, Any]) -> dict[str, Any]:
    data = {"party": officer["party"], "activity": "NO-SUCH-COURSE", **said}
    named = {"id": identity, "source": "https://hr.example", "type": event_type}
    return {"specversion": "1.0", **named, "data": data}


async def tells(system: httpx.AsyncClient, event: dict[str, Any]) -> Any:
    """Send an event, and see what is answered."""
    how = {"Content-Type": "application/cloudevents+json"}
    sent = await system.post("/ingress/events", content=json.dumps(event), headers=how)
    assert sent.status_code == 202, sent.text
    return await answered(system, event["id"])


async def answered(system: httpx.AsyncClient, subject: str) -> Any:
    """What the sender reads of an event now, once there is something."""
    async with asyncio.timeout(30):
        while True:
            shown = await system.get(f"/ingress/events/{subject}")
            if shown.status_code == 200 and shown.json()["state"] != "received":
                return shown.json()
            await asyncio.sleep(0.1)


async def receipts_of(admin: httpx.AsyncClient, person_id: str) -> set[str]:
    """Which services have answered that they forgot, once all have."""
    async with asyncio.timeout(30):
        while True:
            told = (await admin.get(f"/registration/persons/{person_id}/erasure")).json()
            if told["complete"]:
                return set(told["receipts"])
            await asyncio.sleep(0.1)


def personal_texts(officer: Any) -> set[str]:
    """What names this person and nobody else."""
    arabic = next(one for one in officer["names"] if one["script"] == "Arab")
    latin = next(one for one in officer["names"] if one["script"] == "Latn")
    return {
        officer["email"],
        officer["phone"] or officer["email"],
        latin["family"],
        arabic["given"],
        REFERENCE,
    }


def personal_texts_in(folder: Path, officer: Any) -> set[str]:
    """Which of them stand in the files of the services; what was received is not theirs."""
    held = b"".join(path.read_bytes() for name in FILES for path in folder.glob(f"{name}.sqlite*"))
    return {text for text in personal_texts(officer) if text.encode() in held}
