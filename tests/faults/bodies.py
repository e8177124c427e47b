"""What the clients of the load ask for, by number."""

from typing import Any

from shared.contracts.external import ExternalNominationSubmitted

from .scene import OUTSIDER, PARTY


def activity(reference: str) -> dict[str, Any]:
    """A course of this number."""
    return {
        "reference": reference,
        "kind": "course",
        "delivery": "classroom",
        "names": {"en": reference},
        "zone": "Asia/Amman",
        "starts_on": "2018-06-24",
        "ends_on": "2018-06-28",
        "minimum_attendance": 80,
    }


def call(activity_id: str) -> dict[str, Any]:
    """A call for an activity, to the one party there is."""
    return {
        "activity_id": activity_id,
        "seats": 5,
        "parties": [{"party": PARTY}],
        "deadline": {"local": "2018-05-10T16:00:00", "zone": "Asia/Amman"},
        "answer_working_days": 5,
    }


def person(reference: str) -> dict[str, Any]:
    """Somebody of this number, whom nothing is sent."""
    return {
        "party": PARTY,
        "names": [{"script": "Latn", "given": "Specimen", "family": reference}],
        "sex": "not_stated",
        "email": f"{reference}@ncb.jo.example",
        "language": "en",
    }


def nomination(reference: str) -> dict[str, Any]:
    """What the other system says; its id is the number: sent again, it is known."""
    names = [{"script": "Latn", "given": "Specimen", "family": "Officer"}]
    officer = {"reference": f"EMP-{reference}", "names": names, "unit": "immigration"}
    said = {"party": PARTY, "activity": reference, "officer": officer, "priority": 1}
    return {
        "specversion": "1.0",
        "id": reference,
        "source": f"https://hr.example/{OUTSIDER}",
        "type": ExternalNominationSubmitted.type,
        "datacontenttype": "application/json",
        "data": said,
    }
