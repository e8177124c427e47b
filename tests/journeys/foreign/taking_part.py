"""An installation whose services run apart, one open call, and two systems of two parties."""

import asyncio
import json
import secrets
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from deploy.demo.client import Caller
from deploy.demo.connection import connected
from shared.messaging.rabbit.users import outsider_user, prefix_of
from shared.process.environment import Environment
from shared.web.tokens import issue
from tests.journeys.apart.processes import Apart, services_apart
from tests.servers.broker import Broker

SERVICES = ("registration", "scheduling", "reporting")
"""Notifications is not needed here."""
ACTIVITY = "AMM-2018-01"
NOMINATED = "external.nomination.submitted.v1"
ATTENDED = "external.attendance.recorded.v1"
COMPLETED = "external.completion.reported.v1"
PUT_FORWARD = "registration.nomination.submitted.v1"
WORDS: Mapping[str, str] = {"JO": "Petra", "TN": "Carthage"}
"""A word in whatever the system of a party says, and in nothing else."""
SINCE = "2018-01-01"
SECONDS = 30
SECONDS_OF_A_TOKEN = 3600


@dataclass
class System:
    """Another system: what it was given, what it sent, and what it has read of its queue."""

    code: str
    party: str
    key: str
    amqp: str
    """The URL that it connects to, with its user and password."""
    origin: str
    sent: list[str] = field(default_factory=list)
    """The subject of every event that it sent and that the installation took."""
    read: list[dict[str, Any]] = field(default_factory=list)

    @property
    def word(self) -> str:
        """What marks everything that it says."""
        return WORDS[self.party]

    @property
    def queue(self) -> str:
        """The queue that it reads."""
        return f"out.{self.code}"

    @property
    def answered(self) -> Counter[str]:
        """How many answers it has read, by what they are about."""
        answers = (one for one in self.read if one["type"].startswith("ingress."))
        return Counter(one["data"]["subject"] for one in answers)

    @property
    def unanswered(self) -> int:
        """How many of its events have no answer that it has read."""
        return (Counter(self.sent) - self.answered).total()

    def answers(self, subject: str) -> list[dict[str, Any]]:
        """What it has read about one of its events."""
        answers = [one for one in self.read if one["type"].startswith("ingress.")]
        return [one for one in answers if one["data"]["subject"] == subject]


@dataclass(frozen=True)
class TakingPart:
    """The installation, and who takes part."""

    installation: Apart
    admin: Caller
    broker_address: str
    """Host, port and virtual host, as in the URL of a client."""
    call_id: str
    project_id: str
    systems: Mapping[str, System]

    def nominated(self, party: str) -> list[dict[str, Any]]:
        """Every nomination of a party in the call."""
        listed = self.admin.listed(f"/registration/calls/{self.call_id}/nominations")
        return [one for one in listed if one["party"] == party]

    def nominations_of(self, officer: str) -> int:
        """How often an officer was put forward, by the party's own reference."""
        every = [one for party in WORDS for one in self.nominated(party)]
        return sum(one["officer_reference"] == officer for one in every)

    def user_of(self, code: str) -> str:
        """The user of a system in the broker, which other installations use as well."""
        ours = self.installation.environments["registration"]["CADRE_BROKER_URL"]
        return outsider_user(prefix_of(ours, "registration"), code)

    def processes_that_ended(self) -> list[str]:
        """None, as long as all is well."""
        running = self.installation.running.items()
        return [name for name, process in running if process.returncode is not None]


@asynccontextmanager
async def systems_taking_part(
    postgresql: str, rabbitmq: Broker, folder: Path
) -> AsyncIterator[TakingPart]:
    """Made once for all tests with clients that are not ours."""
    apart = services_apart(postgresql, rabbitmq, folder, services=SERVICES, workers=1)
    async with apart as installation:
        admin = Caller(connected(installation.origin, Authorization=_token(installation)), "admin")
        project_id, call_id = await asyncio.to_thread(_open_a_call, admin)
        address = installation.environments["registration"]["CADRE_BROKER_URL"].rpartition("@")[2]
        made: dict[str, System] = {}
        taking_part = TakingPart(installation, admin, address, call_id, project_id, made)
        try:
            added = (asyncio.to_thread(add_system, taking_part, party) for party in WORDS)
            made.update(zip(WORDS, await asyncio.gather(*added), strict=True))
            yield taking_part
        finally:
            for system in made.values():
                rabbitmq.management.ask("DELETE", "users", taking_part.user_of(system.code))


def wait_until_ready(taking_part: TakingPart, code: str) -> None:
    """The broker has what a system is to have there."""
    place = f"/registration/outsiders/{code}"
    wait_for(lambda: taking_part.admin.get(place)["broker"]["ready"], f"{code} in the broker")


def wait_for(happened: Callable[[], object], what: str, *, seconds: float = SECONDS) -> None:
    """Return when it has happened."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"not after {seconds:.0f} s: {what}"
        time.sleep(0.05)


def add_system(
    taking_part: TakingPart,
    party: str,
    *,
    sends: str = f"{NOMINATED},{ATTENDED}",
    receives: str = PUT_FORWARD,
) -> System:
    """One more system of a party, by the command line."""
    code = f"{party.lower()}-{secrets.token_hex(4)}"
    given = ["--sends", sends, "--receives", receives, "--json"]
    words = ("outsider", "add", code, "--party", party, *given)
    printed = json.loads(taking_part.installation.run("registration", *words))
    broker = printed["broker"]
    wait_until_ready(taking_part, code)
    place = urlsplit(broker["address"])
    url = place._replace(netloc=f"{broker['user']}:{broker['password']}@{place.netloc}").geturl()
    return System(code, party, printed["key"], url, taking_part.installation.origin)


def _token(installation: Apart) -> str:
    issuer = Environment(installation.environments["registration"]).issuer()
    assert issuer is not None
    token = issue(issuer, subject="admin", role="admin", party=None, seconds=SECONDS_OF_A_TOKEN)
    return f"Bearer {token}"


def move_story(taking_part: TakingPart, now: str) -> None:
    """Put the clock of every service forward."""
    for service in SERVICES:
        taking_part.admin.put(f"/{service}/story", {"now": now})


def _open_a_call(admin: Caller) -> tuple[str, str]:
    for party, name in (("JO", "Jordan"), ("TN", "Tunisia")):
        described = {"party": party, "kind": "country", "names": {"en": name}}
        admin.post("/registration/parties", {**described, "calendar_country": party})
    project = admin.post(
        "/scheduling/projects",
        {
            "code": "PROJECT-A",
            "names": {"en": "Project A (specimen)"},
            "starts_on": SINCE,
            "ends_on": "2018-12-31",
            "issuing_body": {"en": "A made-up body"},
        },
    )
    for party in WORDS:
        _open_a_channel(admin, project["id"], party)
    activity = admin.post(
        f"/scheduling/projects/{project['id']}/activities",
        {
            "reference": ACTIVITY,
            "kind": "course",
            "delivery": "classroom",
            "names": {"en": "Course (specimen)"},
            "zone": "Asia/Amman",
            "starts_on": "2018-06-24",
            "ends_on": "2018-06-28",
            "country": "JO",
            "city": {"en": "Amman"},
            "languages": ["en"],
            "minimum_attendance": 80,
        },
    )
    call = {
        "activity_id": activity["id"],
        "seats": 25,
        "parties": [{"party": party} for party in WORDS],
        "women_minimum": 0,
        "units": [],
        "deadline": {"local": "2018-05-10T12:00:00", "zone": "Asia/Amman"},
        "answer_working_days": 10,
    }
    return project["id"], admin.post("/registration/calls", call)["id"]


def _open_a_channel(admin: Caller, project_id: str, party: str) -> None:
    project = f"/registration/projects/{project_id}"
    admin.post(f"{project}/partners", {"party": party, "from_on": SINCE})
    holder = {
        "party": party,
        "subject": f"focal_point-{party}",
        "names": [{"script": "Latn", "given": "Focal", "family": "Point"}],
        "sex": "not_stated",
        "email": f"focal-point@{party.lower()}.example",
        "language": "en",
    }
    holder_id = admin.post("/registration/persons", holder)["id"]
    channel = {"party": party, "holder_id": holder_id, "from_on": SINCE}
    admin.post(f"{project}/channels", channel)
