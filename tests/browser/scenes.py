"""A moment of the played course that is being served: its ids, its clock and its mail."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from services.embedded.installation import open_installation
from shared.web.tokens import Role, issue, subject_of

SERVICES = ("registration", "scheduling", "notifications", "reporting")
LINK = re.compile(r"https?://[^\s<>\"'\u2066-\u2069]+")
THE_END = "the_end"
"""The scene after the last step of the play; the others are called by the step before them."""


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody signed in."""

    role: Role
    party: str | None = None
    subject: str | None = None


@dataclass(frozen=True)
class Scene:
    """A served folder, and what a visitor needs to know to find things in it."""

    origin: str
    folder: Path
    ids: Mapping[str, str]
    """By the name in braces of an address: `/registration/calls/{call}/page`."""
    http: httpx.AsyncClient = field(repr=False)

    def token(self, who: Who) -> str:
        """A token of the installation's own issuer."""
        issuer = open_installation(self.folder).issuer()
        subject = subject_of(who.role, who.party, who.subject)
        return issue(issuer, subject=subject, role=who.role, party=who.party, seconds=3600)

    async def get(self, path: str, who: Who = Who("admin")) -> Any:
        """The JSON at an address."""
        headers = {"Authorization": f"Bearer {self.token(who)}"}
        answer = await self.http.get(path.format(**self.ids), headers=headers)
        return answer.raise_for_status().json()

    async def post(self, path: str, body: Any, who: Who = Who("admin")) -> Any:
        """What the service answers; once more while it does not know yet what others have told."""
        headers = {"Authorization": f"Bearer {self.token(who)}"}
        async with asyncio.timeout(30):
            while True:
                address = path.format(**self.ids)
                answer = await self.http.post(address, json=body, headers=headers)
                if answer.status_code != 409 or answer.json()["code"] != "not-known-yet":
                    return answer.raise_for_status().json()
                await asyncio.sleep(0.1)

    async def put(self, path: str, body: Any) -> None:
        """Set something, as an admin."""
        headers = {"Authorization": f"Bearer {self.token(Who('admin'))}"}
        (await self.http.put(path, json=body, headers=headers)).raise_for_status()

    async def move_story_to(self, moment: datetime) -> None:
        """Put the clock of every service forward."""
        for service in SERVICES:
            await self.put(f"/{service}/story", {"now": moment.astimezone(UTC).isoformat()})

    async def link_to(self, page: str, *, which: int = -1, language: str = "") -> str:
        """The path of the link to a page in the newest mail that has one, or in another."""
        query = {"channel": "email", "q": page, "limit": "200", "language": language}
        asked = {name: value for name, value in query.items() if value}
        mails = (await self.http.get("/mailbox/messages", params=asked)).json()["items"]
        mail = await self.http.get(f"/mailbox/messages/{mails[which]['id']}")
        links: list[str] = LINK.findall(mail.json()["text"])
        paths = [urlsplit(link.rstrip(".,)")).path for link in links]
        return next(path for path in paths if path.startswith(page))


Scenes = Callable[..., Awaitable[Scene]]


async def begin(origin: str, folder: Path) -> Scene:
    """A scene whose course has been found."""
    scene = Scene(
        origin, folder, {}, httpx.AsyncClient(base_url=origin, trust_env=False, timeout=60)
    )
    call = (await scene.get("/registration/calls"))["items"][0]
    activity = await scene.get(f"/scheduling/activities/{call['activity_id']}")
    sessions = await scene.get(f"/scheduling/activities/{activity['id']}/sessions")
    ids = {"call": call["id"], "activity": activity["id"], "project": activity["project_id"]}
    for session in sessions["items"]:
        ids[f"session_{session['number']}"] = session["id"]
    return Scene(origin, folder, ids, scene.http)
