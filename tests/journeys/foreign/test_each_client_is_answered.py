"""Whatever a client that is not ours sends has its effect once, and its sender is answered."""

import pytest

from .clients.verdict import Client
from .letters import NUMBERS, Letter, a_nomination, binary, structured
from .taking_part import ATTENDED, System, TakingPart

pytestmark = pytest.mark.timeout(300)


def test_structured_event_puts_the_officer_forward(
    client: Client, jordan: System, taking_part: TakingPart
) -> None:
    event = a_nomination(jordan)

    verdict = client.tell(jordan, structured(event))

    officer = event["data"]["officer"]["reference"]
    assert verdict.state == "accepted"
    assert taking_part.nominations_of(officer) == 1


def test_binary_event_puts_the_officer_forward(
    client: Client, jordan: System, taking_part: TakingPart
) -> None:
    event = a_nomination(jordan)

    verdict = client.tell(jordan, binary(event))

    officer = event["data"]["officer"]["reference"]
    assert verdict.state == "accepted"
    assert taking_part.nominations_of(officer) == 1


def test_same_event_again_has_no_second_effect(
    client: Client, jordan: System, taking_part: TakingPart
) -> None:
    event = a_nomination(jordan)

    first = client.tell(jordan, structured(event))
    again = client.tell(jordan, binary(event))

    officer = event["data"]["officer"]["reference"]
    assert first == again
    assert first.state == "accepted"
    assert taking_part.nominations_of(officer) == 1


def test_same_id_with_another_body_is_refused(
    client: Client, jordan: System, taking_part: TakingPart
) -> None:
    event = a_nomination(jordan)
    another = a_nomination(jordan, id=event["id"])

    first = client.tell(jordan, structured(event))
    second = client.tell(jordan, structured(another))

    assert (first.state, second.state) == ("accepted", "refused")
    assert second.codes == {"id-reused"}
    assert taking_part.nominations_of(another["data"]["officer"]["reference"]) == 0


def test_event_without_an_id_is_refused(
    client: Client, jordan: System, taking_part: TakingPart
) -> None:
    event = a_nomination(jordan)
    del event["id"]

    verdict = client.tell(jordan, structured(event))

    assert (verdict.state, verdict.codes, verdict.fields) == ("refused", {"missing"}, {"id"})
    assert taking_part.nominations_of(event["data"]["officer"]["reference"]) == 0


def test_what_is_not_json_is_refused(client: Client, jordan: System) -> None:
    body = f"{jordan.word}, but no JSON: {next(NUMBERS)}"

    verdict = client.tell(jordan, Letter(body.encode()))

    assert (verdict.state, verdict.codes) == ("refused", {"body-is-not-json"})


def test_type_that_nobody_owns_is_refused(client: Client, jordan: System) -> None:
    letter = structured(a_nomination(jordan, type="external.leave.granted.v1"))
    addressed_otherwise = Letter(letter.body)

    verdict = client.tell(jordan, addressed_otherwise)

    assert verdict.state == "refused"
    assert verdict.fields == {"type"}


def test_fields_of_a_later_minor_version_are_no_hindrance(
    client: Client, jordan: System, taking_part: TakingPart
) -> None:
    event = a_nomination(jordan, dataschema="https://hr.example/v1.7", recordedby="hr")
    event["data"]["officer"]["shoe_size"] = 41
    event["data"]["expected_on"] = {"day": "2018-06-23"}

    verdict = client.tell(jordan, structured(event))

    assert verdict.state == "accepted"
    assert taking_part.nominations_of(event["data"]["officer"]["reference"]) == 1


def test_event_that_comes_a_day_late_is_taken(
    client: Client, jordan: System, taking_part: TakingPart
) -> None:
    event = a_nomination(jordan, time="2018-02-28T08:00:00Z")

    verdict = client.tell(jordan, structured(event))

    assert verdict.state == "accepted"
    assert taking_part.nominations_of(event["data"]["officer"]["reference"]) == 1


def test_officer_of_another_party_is_not_put_forward(
    client: Client, jordan: System, taking_part: TakingPart
) -> None:
    event = a_nomination(jordan)
    event["data"]["party"] = "TN"

    verdict = client.tell(jordan, structured(event))

    assert (verdict.state, verdict.fields) == ("refused", {"data.party"})
    assert taking_part.nominations_of(event["data"]["officer"]["reference"]) == 0


def test_officer_nobody_has_matched_waits_for_a_person(client: Client, jordan: System) -> None:
    event = a_nomination(jordan, type=ATTENDED)
    stranger = event["data"].pop("officer")["reference"]
    event["data"] |= {"session": 1, "officer": stranger, "status": "present"}

    verdict = client.tell(jordan, structured(event))

    assert (verdict.state, verdict.fields) == ("held", {"data.officer"})
