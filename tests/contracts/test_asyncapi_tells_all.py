"""The AsyncAPI document tells of every event: where it travels, who sends it, who listens."""

import json
from collections.abc import Iterator
from typing import Any

from shared.contracts import CONTRACTS, EXTERNAL
from shared.contracts.documents import EVENTS_IN_A_BATCH, asyncapi
from shared.contracts.external_documents import ANSWERS
from shared.messaging.transport import PACK_EVENTS

OFFERED = "registration.seat.offered.v1"
PRIVATE = {"registration.person.details_changed.v1", "registration.person.stated.v1"}


def test_every_type_has_its_channel_and_what_is_private_travels_apart() -> None:
    document = asyncapi({})

    exchanges = {
        name: channel["bindings"]["amqp"]["exchange"]["name"]
        for name, channel in document["channels"].items()
    }

    assert exchanges.keys() == {*CONTRACTS, *EXTERNAL, ANSWERS}
    assert {name for name, one in exchanges.items() if one == "ingress"} == set(EXTERNAL)
    assert {name for name, one in exchanges.items() if one == "events.private"} == PRIVATE
    assert document["asyncapi"] == "3.0.0"


def test_the_publisher_sends_and_whoever_listens_receives() -> None:
    document = asyncapi({"notifications": {OFFERED}, "reporting": {OFFERED, "unknown.v1"}})

    of_offer = {
        (one["tags"][0]["name"], one["action"])
        for one in document["operations"].values()
        if one["channel"]["$ref"].endswith(OFFERED)
    }

    assert of_offer == {
        ("registration", "send"),
        ("notifications", "receive"),
        ("reporting", "receive"),
    }


def test_the_owner_of_what_others_send_receives_it_and_answers() -> None:
    document = asyncapi({})

    received = document["operations"]["registration.receives.external.nomination.submitted.v1"]

    assert received["action"] == "receive"
    assert received["reply"]["channel"] == {"$ref": f"#/channels/{ANSWERS}"}
    assert document["channels"][ANSWERS]["address"].endswith(".{outsider}")


def test_personal_fields_of_what_others_send_are_marked() -> None:
    document = asyncapi({})

    schema = document["components"]["schemas"]["external.nomination.submitted.v1"]

    assert '"personal": true' in json.dumps(schema["properties"]["officer"])


def test_every_reference_leads_somewhere() -> None:
    document = asyncapi({"reporting": CONTRACTS.keys()})

    astray = [reference for reference in references(document) if not leads(document, reference)]

    assert not astray


def test_a_batch_is_described_as_large_as_it_travels() -> None:
    assert EVENTS_IN_A_BATCH == PACK_EVENTS


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


def leads(document: Any, reference: str) -> bool:
    for step in reference.removeprefix("#/").split("/"):
        if step not in document:
            return False
        document = document[step]
    return True
