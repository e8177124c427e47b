"""Every command of the integrator's guide does what the guide says."""

import json
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.registration.app import REACTIONS
from shared.refusals import Refused
from tests.servers.available import Server
from tests.servers.broker import Broker
from tests.servers.node import PACKAGES, Node

from . import guide
from .guide import ROOT, blocks, run
from .taking_part import TakingPart, wait_until_ready

pytestmark = pytest.mark.timeout(300)
FOUND_BY_THE_CONTRACT = {"missing", "string-type"}
QUIET = {
    "NODE_USE_SYSTEM_CA": "1",
    "npm_config_prefer_offline": "true",
    "npm_config_audit": "false",
}


@pytest.fixture
def code(rabbitmq: Broker, taking_part: TakingPart) -> Iterator[str]:
    """The code of a system that is registered as the guide says."""
    code = f"jo-{secrets.token_hex(4)}"
    yield code
    rabbitmq.management.ask("DELETE", "users", taking_part.user_of(code))


def test_commands_of_the_guide_work_one_after_the_other(
    code: str,
    amqp_tools: Server,
    node: Node,
    curl: Server,
    taking_part: TakingPart,
    tmp_path: Path,
) -> None:
    clients = (amqp_tools.address, str(Path(curl.address).parent))
    known = {**os.environ, **QUIET, "PATH": guide.programs(tmp_path / "bin", node, *clients)}
    (registering,) = [one for one in blocks() if one.kind == "organisation"]

    printed = run(registering, code, ROOT, {**known, **organisation(taking_part)})
    wait_until_ready(taking_part, code)
    given = settings(printed, taking_part)
    assert given.keys() == guide.settings()
    said = [
        (one.commands, run(one, code, tmp_path, {**known, **given}))
        for one in blocks()
        if one.kind == ""
    ]

    assert "external.nomination.submitted.v1  accepted" in printed
    assert "external.attendance.recorded.v1  held" in printed
    assert taking_part.nominations_of("EMP-20417") == 1
    posted = documents(said, "nomination.json\n")[0]
    assert posted["items"][0]["href"] == "/ingress/events/nomination-2018-0007"
    (shown,) = documents(said, "/events/nomination-2018-0007")
    assert shown["state"] in ("received", "accepted")
    read = documents(said, "amqp-consume")
    assert {one["type"] for one in read} >= {"ingress.event.accepted.v1"}
    (answer,) = [one for one in documents(said, "node send.mjs") if "type" in one]
    assert (answer["type"], answer["data"]["repeated"]) == ("ingress.event.accepted.v1", True)
    (feed,) = documents(said, "/feed")
    assert answer["data"]["id"] in known_nominations(taking_part)
    assert feed == {"items": [], "next": feed["next"]}
    assert answer["data"]["id"] in (tmp_path / "page.json").read_text()


def test_codes_of_the_guide_are_codes_of_ours() -> None:
    assert REACTIONS.types  # with the service come its refusals, and those of the reception

    ours = {refusal.code() for refusal in every_refusal(Refused)}

    assert guide.codes() - FOUND_BY_THE_CONTRACT <= ours


def test_packages_of_the_guide_are_those_of_the_tests() -> None:
    named = re.findall(r"npm install (\S+)@(\S+)", guide.GUIDE.read_text())

    assert named
    assert dict(named).items() <= PACKAGES.items()


def organisation(taking_part: TakingPart) -> dict[str, str]:
    """What whoever runs the installation has in the environment."""
    return dict(taking_part.installation.environments["registration"])


def settings(printed: str, taking_part: TakingPart) -> dict[str, str]:
    """What an integrator makes of what was printed."""
    told = dict(
        re.findall(r"^  (key \(HTTP\)|broker|user|password) +(\S+)$", printed, re.MULTILINE)
    )
    scheme, _, place = told["broker"].partition("://")
    return {
        "CADRE": taking_part.installation.origin,
        "KEY": told["key (HTTP)"],
        "BROKER": f"{scheme}://{told['user']}:{told['password']}@{place}",
    }


def documents(said: list[tuple[str, str]], words: str) -> list[Any]:
    """The JSON that the commands with these words printed, one after the other."""
    found, decoder = [], json.JSONDecoder()
    for commands, printed in said:
        at = 0
        while words in commands and (at := printed.find("{", at)) >= 0:
            document, at = decoder.raw_decode(printed, at)
            found.append(document)
    return found


def known_nominations(taking_part: TakingPart) -> set[str]:
    """The ids of Jordan's nominations."""
    return {one["id"] for one in taking_part.nominated("JO")}


def every_refusal(refusal: type[Refused]) -> Iterator[type[Refused]]:
    """A refusal, and all that are one."""
    yield refusal
    for narrower in refusal.__subclasses__():
        yield from every_refusal(narrower)
