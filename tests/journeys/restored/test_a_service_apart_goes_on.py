"""A service apart is put back by the commands of the README, starts, and takes in what comes."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.journeys.apart.processes import STORY, Apart, described, running
from tests.journeys.restored.both import Both, apart

SERVICES = ("registration", "notifications", "reporting")
PROCESSES = ("notifications-api-1", "notifications-worker-1", "notifications-relay-1")
SECONDS = 30
A_PERSON = {
    "names": [{"script": "Latn", "given": "Some", "family": "Body"}],
    "sex": "female",
    "language": "en",
}


@pytest.mark.timeout(300)
async def test_notifications_is_restored_and_hears_of_people_again(
    both: Both, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    began = datetime.now(UTC).isoformat()
    sealed = str(tmp_path / "cadre.backup")
    installation = described(both.databases, both.broker, tmp_path, STORY)
    async with running(installation, SERVICES, workers=1):
        first = await registered(installation)
        await known(both, {first})
        saved = await both.run("save", "--to", sealed)
        second = await registered(installation)
        await known(both, {first, second})

        await installation.stop(*PROCESSES)
        restored = await both.run("restore", "--from", sealed, "--only", "notifications")
        await known(both, {first})
        lost = await told(installation, "notifications", "doctor", "--after-restore", "--json")
        await told(installation, "notifications", "catch-up", "--since", began)
        for role in ("worker", "relay"):
            await installation.start_service("notifications", role)
        await told(installation, "registration", "announce", "person")
        await known(both, {first, second})
        third = await registered(installation)
        await known(both, {first, second, third})

    assert (saved, restored) == (0, 0), capsys.readouterr().err
    assert json.loads(lost)["lost"] == []


async def registered(installation: Apart) -> str:
    """Somebody new, by id."""
    token = await told(installation, "registration", "token", "--role", "admin")
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=installation.origin, headers=headers) as admin:
        answer = await admin.post("/registration/persons", json=A_PERSON)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def told(installation: Apart, service: str, *command: str) -> str:
    """What a command of a service prints."""
    return await asyncio.to_thread(installation.run, service, *command)


async def known(both: Both, persons: set[str]) -> None:
    """Wait until notifications knows exactly these."""
    found: set[str] = set()
    async with asyncio.timeout(SECONDS):
        while found != persons:
            async with apart(both, "notifications") as connection:
                rows = await connection.fetch("SELECT id FROM person")
            found = {str(row["id"]) for row in rows}
            await asyncio.sleep(0.1)
