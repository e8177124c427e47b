"""Who is erased is forgotten by every service, down to the bytes of its files."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.played import Played
from tests.services.embedded.served import served, token

FILES = ("registration", "scheduling", "notifications", "reporting", "queue")
RECEIPTS = {"registration", "scheduling", "notifications", "reporting"}


@pytest.mark.timeout(300)
async def test_an_erased_officer_is_found_nowhere_and_certified_to_nobody(
    played_course: Played, tmp_path: Path
) -> None:
    folder = played_course.copied_to(tmp_path / "copy")
    async with served(folder) as one:
        bearer = {"Authorization": f"Bearer {token(folder, 'admin')}"}
        async with httpx.AsyncClient(base_url=one.origin, headers=bearer) as admin:
            officer = await a_certified_officer(admin)
            known_before = personal_texts_in(folder, officer)

            asked = await admin.post(f"/registration/persons/{officer['id']}/erasure", json={})
            receipts = await receipts_of(admin, officer["id"])
            again = await admin.get(f"/registration/persons/{officer['id']}")

    assert known_before != set()
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
    }


def personal_texts_in(folder: Path, officer: Any) -> set[str]:
    """Which of them stand in the files of the services; what was received is not theirs."""
    held = b"".join(path.read_bytes() for name in FILES for path in folder.glob(f"{name}.sqlite*"))
    return {text for text in personal_texts(officer) if text.encode() in held}
