"""A focal point is invited, in one process of all four services: from a command to the mail."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from services.embedded.house import House, build_house
from services.embedded.installation import make_installation
from shared.observing.exposition import Exposition
from shared.web.tokens import issue
from tests.servers.ports import free_port
from tests.shared.observing.keeping import Kept

PERSONAL = {
    "given": "Amal-Zahra",
    "family": "Haddadine",
    "arabic": "أمل الزهراء",
    "email": "amal.haddadine@ncb-amman.example",
    "phone": "+962791234567",
    "subject": "amal-at-the-desk",
    "project": "Project Kestrel against trafficking",
    "place": "Hall of the Nine Palms",
}
"""What stands nowhere else."""


@dataclass
class Invitation:
    """What was played, and what it left behind for who watches."""

    kept: Kept
    metrics: str
    mails: int


@asynccontextmanager
async def house_in(folder: Path, kept: Kept) -> AsyncIterator[tuple[House, httpx.AsyncClient]]:
    """All services at work in this process, and an admin who asks them."""
    installation = make_installation(folder, datetime(2018, 3, 1, 8, tzinfo=UTC))
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    house = await build_house(installation, origin, port=port)
    await house.open()
    kept.of(*(one.observer for one in house.watched()))
    await house.start()
    admin = issue(installation.issuer(), subject="admin", role="admin", party=None, seconds=600)
    bearer = {"Authorization": f"Bearer {admin}"}
    inside = httpx.ASGITransport(house.app)
    async with httpx.AsyncClient(transport=inside, base_url=origin, headers=bearer) as client:
        yield house, client
    await house.stop()


async def play(folder: Path) -> Invitation:
    """Everything up to the mail, and some mischief beside."""
    kept = Kept()
    async with house_in(folder, kept) as (house, admin):
        await _invite(admin)
        await _ask_for_what_is_not_there(admin)
        async with asyncio.timeout(30):
            while not kept.named("take notifications.message.settled.v1"):
                await asyncio.sleep(0.05)
        metrics = await Exposition(house.readiness, house.watched()).text()
        [*mails] = (await admin.get("/mailbox/messages")).json()["items"]
    return Invitation(kept, metrics.decode(), len(mails))


async def _invite(admin: httpx.AsyncClient) -> None:
    jordan = {"party": "JO", "kind": "country", "names": {"en": "Jordan"}}
    await _made(admin, "/registration/parties", {**jordan, "calendar_country": "JO"})
    project = {
        "code": "KESTREL",
        "names": {"en": PERSONAL["project"]},
        "starts_on": "2018-01-01",
        "ends_on": "2018-12-31",
        "issuing_body": {"en": "A made-up body"},
    }
    project_id = await _made(admin, "/scheduling/projects", project)
    in_project = f"/registration/projects/{project_id}"
    await _made(admin, f"{in_project}/partners", {"party": "JO", "from_on": "2018-01-01"})
    holder = await _made(admin, "/registration/persons", _amal())
    channel = {"party": "JO", "holder_id": holder, "from_on": "2018-01-01"}
    await _made(admin, f"{in_project}/channels", channel)
    activity = {
        "reference": "KES-2018-01",
        "kind": "course",
        "delivery": "classroom",
        "names": {"en": PERSONAL["project"]},
        "zone": "Asia/Amman",
        "starts_on": "2018-06-24",
        "ends_on": "2018-06-25",
        "country": "JO",
        "city": {"en": PERSONAL["place"]},
        "languages": ["en"],
        "minimum_attendance": 50,
    }
    activity_id = await _made(admin, f"/scheduling/projects/{project_id}/activities", activity)
    call = {
        "activity_id": activity_id,
        "seats": 2,
        "parties": [{"party": "JO"}],
        "women_minimum": 0,
        "units": [],
        "deadline": {"local": "2018-05-10T12:00:00", "zone": "Asia/Amman"},
        "answer_working_days": 5,
    }
    await _made(admin, "/registration/calls", call)


def _amal() -> dict[str, Any]:
    given, family = PERSONAL["given"], PERSONAL["family"]
    return {
        "subject": PERSONAL["subject"],
        "names": [
            {"script": "Latn", "given": given, "family": family},
            {"script": "Arab", "given": PERSONAL["arabic"], "family": PERSONAL["arabic"]},
        ],
        "sex": "female",
        "email": PERSONAL["email"],
        "phone": PERSONAL["phone"],
        "language": "en",
        "party": "JO",
    }


async def _ask_for_what_is_not_there(admin: httpx.AsyncClient) -> None:
    await admin.get(f"/registration/persons/{PERSONAL['email']}")
    await admin.get("/registration/persons", params={"name": PERSONAL["family"]})
    await admin.get(f"/{PERSONAL['given']}")
    await admin.get(f"/ingress/events/{PERSONAL['phone']}")
    await admin.request(PERSONAL["given"], "/registration/persons")
    await admin.post("/registration/persons", json={**_amal(), "sex": PERSONAL["family"]})


async def _made(admin: httpx.AsyncClient, address: str, asked: dict[str, Any]) -> str:
    """What was made, once all it depends on is known there."""
    async with asyncio.timeout(30):
        while True:
            answer = await admin.post(address, json=asked)
            if answer.is_success:
                return str(answer.json().get("id"))
            assert answer.status_code in (404, 409, 422), answer.text
            await asyncio.sleep(0.05)
