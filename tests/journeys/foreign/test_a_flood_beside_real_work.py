"""One system floods the installation; others, and people, work on as if it did not."""

import json
import threading
from typing import Any

import pytest

from tests.servers.available import Server
from tests.servers.node import Node

from .account import answered_twice, lost, put_forward_twice, settle
from .clients.amqp_tools import AmqpTools
from .clients.amqplib import Amqplib
from .clients.curl import Curl
from .clients.verdict import Client
from .letters import NUMBERS, Letter, a_nomination, structured
from .taking_part import System, TakingPart

pytestmark = pytest.mark.timeout(300)
NONSENSE = 150
REPETITIONS = 50


def test_nothing_is_lost_or_doubled_and_no_worker_ends(
    tools: AmqpTools,
    node: Node,
    curl: Server,
    jordan: System,
    tunisia: System,
    taking_part: TakingPart,
) -> None:
    settle(taking_part)
    for system in (jordan, tunisia):
        tools.read_all(system)
    repeated = a_nomination(tunisia)
    by_anybody: list[Client] = [tools, Amqplib(node), Curl(curl.address)]
    letters = a_flood(tunisia, repeated)
    flooding = threading.Thread(target=Amqplib(node).flood, args=(tunisia, letters))

    flooding.start()
    told = [one.tell(jordan, structured(a_nomination(jordan))) for one in by_anybody * 3]
    by_a_person = nominate_by_hand(taking_part)
    flooding.join()

    for system in (jordan, tunisia):
        tools.read_until_answered(system)
    settle(taking_part)
    for system in (jordan, tunisia):
        tools.read_all(system)
    verdicts = [one["type"].split(".")[2] for one in tunisia.answers(repeated["id"])]
    assert {one.state for one in told} == {"accepted"}
    assert len({one.id for one in told}) == len(told)
    assert taking_part.nominations_of(by_a_person) == 1
    assert verdicts == ["accepted"] * REPETITIONS
    assert taking_part.nominations_of(repeated["data"]["officer"]["reference"]) == 1
    assert taking_part.processes_that_ended() == []
    assert [one.unanswered for one in (jordan, tunisia)] == [0, 0]
    assert [answered_twice(one) for one in (jordan, tunisia)] == [0, 0]
    assert (lost(taking_part), put_forward_twice(taking_part)) == (0, 0)


def a_flood(system: System, repeated: dict[str, Any]) -> list[Letter]:
    """Nonsense, and the same event again and again, mixed."""
    nonsense = [f"{system.word}, nonsense {next(NUMBERS)}" for _ in range(NONSENSE)]
    said = [*nonsense, *[json.dumps(repeated)] * REPETITIONS]
    letters = [Letter(one.encode()) for one in said]
    return sorted(letters, key=lambda one: one.digest)


def nominate_by_hand(taking_part: TakingPart) -> str:
    """A person puts an officer forward meanwhile; how the party calls the officer."""
    reference = f"by-hand-{next(NUMBERS)}"
    officer = {
        "officer_reference": reference,
        "names": [{"script": "Latn", "given": "By", "family": "Hand", "on_passport": True}],
        "sex": "male",
        "unit": "immigration",
        "language": "en",
    }
    address = f"/registration/calls/{taking_part.call_id}/nominations"
    asked = {"party": "TN", "officer": officer, "priority": next(NUMBERS)}
    taking_part.admin.post(address, asked)
    return reference
