"""Two systems of two parties: not one byte of the other by queue, feed or answer."""

import json
from urllib.parse import quote

import pytest

from tests.servers.available import Server
from tests.servers.node import Node

from .account import settle
from .clients.amqp_tools import AmqpTools
from .clients.amqplib import Amqplib
from .clients.curl import Curl
from .letters import NUMBERS, Letter, a_nomination, structured
from .taking_part import PUT_FORWARD, System, TakingPart

pytestmark = pytest.mark.timeout(300)


def test_each_reads_its_own_answers_and_facts_and_nothing_of_the_other(
    tools: AmqpTools, curl: Server, jordan: System, tunisia: System, taking_part: TakingPart
) -> None:
    by_http = Curl(curl.address)

    for system in (jordan, tunisia):
        tools.tell(system, structured(a_nomination(system)))
        by_http.tell(system, structured(a_nomination(system)))
        tools.tell(system, Letter(f"{system.word}: no JSON {next(NUMBERS)}".encode()))

    settle(taking_part)
    for system, other in ((jordan, tunisia), (tunisia, jordan)):
        tools.read_all(system)
        status, feed = by_http.ask(system, "/feed?limit=200")
        others = marks_of(other, taking_part)
        assert status == 200
        assert not [mark for mark in others if mark in json.dumps([system.read, feed])]
        assert {one["party"] for one in facts(system.read) + feed["items"]} == {system.party}
        assert {
            one["data"]["outsider"] for one in system.read if one not in facts(system.read)
        } == {system.code}


def test_nobody_is_told_what_became_of_the_events_of_another(
    curl: Server, jordan: System, tunisia: System
) -> None:
    by_http = Curl(curl.address)
    event = a_nomination(tunisia)

    by_http.tell(tunisia, structured(event))

    of_another = by_http.ask(jordan, f"/ingress/events/{quote(event['id'], safe='')}")
    of_nobody = by_http.ask(jordan, "/ingress/events/never-sent")
    assert of_another[0] == of_nobody[0] == 404
    assert of_another[1]["code"] == of_nobody[1]["code"]


def test_same_id_of_two_systems_names_two_events(
    tools: AmqpTools, jordan: System, tunisia: System
) -> None:
    same = "2018-03-01/1"

    first = tools.tell(jordan, structured(a_nomination(jordan, id=same)))
    second = tools.tell(tunisia, structured(a_nomination(tunisia, id=same)))

    assert (first.state, second.state) == ("accepted", "accepted")
    assert first.id != second.id


def test_officer_of_the_other_is_answered_as_one_that_nobody_knows(
    tools: AmqpTools, jordan: System, tunisia: System
) -> None:
    theirs = a_nomination(tunisia)["data"]["officer"]["reference"]
    known = a_nomination(tunisia)
    known["data"]["officer"]["reference"] = theirs

    tools.tell(tunisia, structured(known))
    of_theirs, of_nobody = (
        tools.tell(jordan, structured(an_attendance(jordan, officer=officer)))
        for officer in (theirs, "nobody-at-all")
    )

    assert of_theirs == of_nobody
    assert of_theirs.state == "held"


def test_broker_refuses_to_send_under_the_code_of_another(
    tools: AmqpTools, node: Node, jordan: System, tunisia: System, taking_part: TakingPart
) -> None:
    event = a_nomination(jordan)

    by_tools = tools.publish(jordan, structured(event), code=tunisia.code)
    by_amqplib = Amqplib(node).run(jordan, structured(event), code=tunisia.code)

    assert by_tools.returncode != 0
    assert "ACCESS_REFUSED" in by_tools.stderr
    assert by_amqplib == {"refused": 403}
    assert taking_part.nominations_of(event["data"]["officer"]["reference"]) == 0


def test_broker_refuses_a_type_that_was_not_given(tools: AmqpTools, jordan: System) -> None:
    event = a_nomination(jordan, type="external.completion.reported.v1")

    refused = tools.publish(jordan, structured(event))

    assert "ACCESS_REFUSED" in refused.stderr


def test_broker_lets_nobody_read_the_queue_of_another(
    tools: AmqpTools, jordan: System, tunisia: System
) -> None:
    got = tools.run("amqp-get", jordan, "--queue", tunisia.queue)
    consumed = tools.run("amqp-consume", jordan, "--queue", tunisia.queue, "--count", "1", "cat")

    assert (got.stdout, consumed.stdout) == ("", "")
    assert "ACCESS_REFUSED" in got.stderr
    assert "ACCESS_REFUSED" in consumed.stderr


@pytest.mark.parametrize("exchange", ["events", "events.internal", "ingress"])
def test_broker_lets_nobody_bind_a_queue(tools: AmqpTools, jordan: System, exchange: str) -> None:
    options = ("--exchange", exchange, "--routing-key", "#", "--exclusive", "--count", "1")

    bound = tools.run("amqp-consume", jordan, *options, "cat")

    assert "ACCESS_REFUSED" in bound.stderr


def facts(read: list[dict[str, str]]) -> list[dict[str, str]]:
    """What is no answer."""
    return [one for one in read if one["type"] == PUT_FORWARD]


def an_attendance(system: System, *, officer: str) -> dict[str, object]:
    """An officer was at a session, as a system says."""
    event = a_nomination(system, type="external.attendance.recorded.v1")
    del event["data"]["officer"]
    event["data"] |= {"session": 1, "officer": officer, "status": "present"}
    return event


def marks_of(system: System, taking_part: TakingPart) -> set[str]:
    """All by which one would know something of a system, or of an officer of its party."""
    nominated = taking_part.nominated(system.party)
    ids = {one[name] for one in nominated for name in ("id", "person_id", "officer_reference")}
    return {system.code, system.word, f'"party": "{system.party}"', *ids}
