"""What other systems send is read as one CloudEvent, or answered with what is wrong with it."""

import hashlib
import json
from typing import Any

import pytest

from shared.contracts import Claim
from shared.messaging.ingress.letters import kept_body, restored, shown_claim
from shared.messaging.ingress.reading import Unreadable, read_sent
from shared.messaging.transport import Exchange, Message, Sent
from tests.messaging.ingress.sent import ATTENDANCE, NOMINATION, STRUCTURED, binary, event
from tests.messaging.ingress.sent import structured as sent_structured

ID = "2018-04-18/0007"


def claimed(message: Message) -> Claim[Any]:
    """The claim that a message makes."""
    read = read_sent(message)
    assert isinstance(read, Claim), read
    return read


def refused(message: Message) -> Unreadable:
    """Why a message makes none."""
    read = read_sent(message)
    assert isinstance(read, Unreadable), read
    return read


@pytest.mark.parametrize("prefix", ["cloudEvents:", "cloudEvents_", "ce-", "CE-"])
def test_structured_and_binary_say_the_same(prefix: str) -> None:
    said = event(NOMINATION)

    one, other = claimed(sent_structured(said)), claimed(binary(said, prefix=prefix))

    assert (one.id, one.type, one.time, one.event) == (
        other.id,
        other.type,
        other.time,
        other.event,
    )
    assert one.digest == other.digest
    assert (one.outsider, one.source) == ("jo-hr", "outsider:jo-hr")


def test_a_later_minor_version_is_read() -> None:
    said = event(NOMINATION, added_later={"anything": [1]})
    said["dataschema"] = "https://hr.example.jo/nomination-1.7.json"

    claim = claimed(sent_structured(said))

    assert claim.event == claimed(sent_structured(event(NOMINATION))).event


def test_the_sender_is_the_one_in_the_address_whatever_the_body_says() -> None:
    said = {**event(NOMINATION), "outsider": "tn-hr", "replyto": "out.tn-hr"}

    claim = claimed(sent_structured(said))

    assert (claim.outsider, claim.reply_to) == ("jo-hr", None)


@pytest.mark.parametrize(
    ("reply_to", "kept"),
    [
        ("amq.rabbitmq.reply-to.g1h2AA5yZXBseQ", True),
        ("out.jo-hr", True),
        ("out.tn-hr", False),
        ("registration", False),
        ("amq.rabbitmq.reply-to.\u0000", False),
        ("", False),
    ],
)
def test_an_answer_goes_to_no_queue_of_somebody_else(reply_to: str, kept: bool) -> None:
    sent = Sent(STRUCTURED, reply_to=reply_to)

    claim = claimed(sent_structured(event(NOMINATION), sent=sent))

    assert claim.reply_to == (reply_to if kept else None)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"not json", "body-is-not-json"),
        (b"\xff\xfe", "body-is-not-json"),
        (b"", "body-is-not-json"),
        (b"[]", "not-an-event"),
        (b"5", "not-an-event"),
        (b'{"id":"1","id":"2"}', "json-has-duplicate-keys"),
        (b'{"data":{"priority":NaN}}', "json-number-is-not-finite"),
        (b'{"data":{"priority":1e999}}', "json-number-is-not-finite"),
        (b'{"id":"\\ud800"}', "text-is-not-clean"),
        (b'{"id":"a\\u0000b"}', "text-is-not-clean"),
        (b"[" * 5000, "json-is-too-deep"),
        (b'{"a":"' + b"x" * 300_000 + b'"}', "body-is-too-large"),
    ],
)
def test_what_does_not_pass_the_gate_is_answered_by_code(body: bytes, code: str) -> None:
    read = refused(sent_structured(body))

    assert read.faults[0].code == code
    assert read.subject == f"sha256:{hashlib.sha256(body).hexdigest()}"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"id": None}, "string-type", "id"),
        ({"id": 7}, "string-type", "id"),
        ({"id": "x" * 151}, "string-too-long", "id"),
        ({"specversion": "0.3"}, "literal-error", "specversion"),
        ({"time": "yesterday"}, "datetime-parsing", "time"),
        ({"datacontenttype": "text/xml"}, "string-pattern-mismatch", "datacontenttype"),
        ({"data": "text"}, "dict-type", "data"),
        ({"type": "external.unknown.v1"}, "type-differs-from-address", None),
    ],
)
def test_each_fault_of_the_envelope_has_its_place(
    change: dict[str, Any], code: str, field: str | None
) -> None:
    said = {**event(NOMINATION), **change}

    read = refused(sent_structured(said, address=NOMINATION))

    assert (read.faults[0].code, read.faults[0].field) == (code, field)


def test_faults_of_the_data_name_the_path_and_never_the_value() -> None:
    said = event(NOMINATION, priority="very high", officer={"reference": "EMP-1", "sex": "Rania"})

    read = refused(sent_structured(said))

    found = {(fault.field, fault.code) for fault in read.faults}
    assert ("data.priority", "int-type") in found
    assert ("data.officer.unit", "missing") in found
    assert ("data.officer.sex", "literal-error") in found
    assert "Rania" not in str(read.faults)


def test_a_missing_id_is_answered_under_the_message_id_else_a_digest() -> None:
    said = event(NOMINATION)
    del said["id"]

    named = refused(sent_structured(said, sent=Sent(STRUCTURED, message_id="m-1")))
    nameless = refused(sent_structured(said))

    assert (named.subject, named.faults[0].field) == ("m-1", "id")
    assert nameless.subject.startswith("sha256:")


def test_the_id_sent_names_the_answer_when_it_can_be_said() -> None:
    said = {**event(NOMINATION), "data": {}}

    read = refused(sent_structured(said, sent=Sent(STRUCTURED, message_id="m-1")))

    assert read.subject == ID


def test_a_type_nobody_owns_and_a_batch_are_not_taken() -> None:
    unknown = {**event(NOMINATION), "type": "external.leave.requested.v1"}
    batch = Sent("application/cloudevents-batch+json")

    stranger = refused(sent_structured(unknown))
    several = refused(sent_structured([event(NOMINATION)], sent=batch))

    assert (stranger.faults[0].code, stranger.event_type) == ("type-is-not-known", unknown["type"])
    assert several.faults[0].code == "batch-is-not-taken"


@pytest.mark.parametrize("name", ["id", "source", "type"])
def test_headers_that_are_no_text_are_refused(name: str) -> None:
    message = binary({**event(NOMINATION), name: "a\u0007b"})

    read = refused(message)

    assert read.faults[0].code == "text-is-not-clean"


def test_the_same_fact_has_one_digest_however_it_is_spelled() -> None:
    said = event(ATTENDANCE)
    turned = {**said, "time": "2018-06-25T00:00:00Z", "data": dict(reversed(said["data"].items()))}

    one, other = claimed(sent_structured(said)), claimed(sent_structured(turned))
    changed = claimed(sent_structured(event(ATTENDANCE, status="absent")))

    assert one.digest == other.digest
    assert one.digest != changed.digest


def test_a_claim_that_waited_is_the_one_that_came() -> None:
    sent = Sent(STRUCTURED, reply_to="out.jo-hr")
    claim = claimed(sent_structured(event(NOMINATION, later=1), sent=sent))

    back = restored(kept_body(claim))

    assert back is not None
    assert (back.event, back.digest, back.outsider, back.reply_to) == (
        claim.event,
        claim.digest,
        "jo-hr",
        "out.jo-hr",
    )


def test_a_listing_shows_no_personal_field_and_nothing_it_does_not_know() -> None:
    claim = claimed(sent_structured(event(NOMINATION, note_about_her="Rania Sample")))

    shown = shown_claim(json.loads(kept_body(claim)))

    assert shown is not None
    assert shown["data"]["officer"]["reference"] == "EMP-20417"
    assert shown["data"]["officer"]["names"][0]["given"] is None
    text = json.dumps(shown, ensure_ascii=False)
    assert not any(word in text for word in ("Rania", "Sample", "رانيا", "@", "+962", "Major"))


def test_what_came_through_no_type_is_unreadable() -> None:
    read = refused(Message("", b"{}", Exchange.INGRESS, "jo-hr"))

    assert read.faults
