"""Records of a small course as the services gave them: two nominated, one seat, one certificate."""

from collections import Counter
from dataclasses import replace
from typing import Any

from deploy.demo.records import Records, Row

AMAL, BASSAM, FOCAL_POINT = "person-amal", "person-bassam", "person-focal-point"
SELECTION = "registration.selection.concluded.v1"
INVITED = "registration.focal_point.invited.v1"
STATED = "registration.staff.stated.v1"
OFFERED = "registration.seat.offered.v1"
DETAILS = "registration.person.details_changed.v1"
CERTIFICATE = "scheduling.certificate.issued.v1"


def a_small_course() -> Records:
    """Nothing lost and nothing doubled; Amal wants SMS as well."""
    archive = [
        an_event(INVITED, person_id=FOCAL_POINT),
        an_event(SELECTION, seats=1, selected=1, waitlisted=1),
        an_event(OFFERED, person_id=AMAL, recipient_id=AMAL),
        an_event(CERTIFICATE, person_id=AMAL, recipient_id=AMAL, certificate_id="certificate-1"),
    ]
    messages = [
        a_message("call_opened", FOCAL_POINT, "email", INVITED),
        a_message("seat_offered", AMAL, "email", OFFERED),
        a_message("seat_offered", AMAL, "sms", OFFERED),
        a_message("session_reminder", AMAL, "email"),
        a_message("certificate_issued", AMAL, "email", CERTIFICATE),
        a_message("certificate_issued", AMAL, "sms", CERTIFICATE),
    ]
    return Records(
        nominations=[a_nomination(AMAL, "JO", "confirmed"), a_nomination(BASSAM, "EG", "declined")],
        enrolments=[an_enrolment(AMAL, "JO", "completed", days=5)],
        figures={
            "registration": figures(committed={INVITED: 1, SELECTION: 1, OFFERED: 1, DETAILS: 3}),
            "scheduling": figures("scheduling", {CERTIFICATE: 1}, {DETAILS: 3}),
            "notifications": figures("notifications", {}, {DETAILS: 3}),
            "reporting": figures("reporting"),
        },
        archived=Counter(row["type"] for row in archive),
        archive=archive,
        messages=messages,
        received=[{"key": one["key"], "channel": one["channel"]} for one in messages],
        persons={
            AMAL: a_person("female", phone="+12025550100", wants_sms=True),
            BASSAM: a_person("male"),
            FOCAL_POINT: a_person("male"),
        },
    )


def without_archive_row(records: Records, event_type: str) -> Records:
    """The same after one row was taken out of the archive."""
    rows = list(records.archive)
    rows.remove(next(row for row in rows if row["type"] == event_type))
    return replace(records, archive=rows, archived=Counter(row["type"] for row in rows))


def with_arrival_repeated(records: Records, message: str) -> Records:
    """The same after one message arrived twice."""
    key = next(one["key"] for one in records.messages if one["message"] == message)
    again = next(one for one in records.received if one["key"] == key)
    return replace(records, received=[*records.received, again])


def without_arrival(records: Records, message: str) -> Records:
    """The same without anything at the receiver of one kind of message."""
    keys = {one["key"] for one in records.messages if one["message"] == message}
    return replace(records, received=[one for one in records.received if one["key"] not in keys])


def with_message(records: Records, message: str, **changes: Any) -> Records:
    """The same with one kind of message on record otherwise."""
    changed = [{**one, **changes} if one["message"] == message else one for one in records.messages]
    return replace(records, messages=changed)


def without_message(records: Records, message: str) -> Records:
    """The same after notifications never planned one kind of message."""
    kept = [one for one in records.messages if one["message"] != message]
    return replace(without_arrival(records, message), messages=kept)


def an_event(event_type: str, **told: Any) -> Row:
    """A row of the archive."""
    body = {"type": event_type, "data": told}
    return {"event_id": f"event-{event_type}", "type": event_type, "body": body}


def a_message(message: str, person_id: str, channel: str, caused_by: str = "timer") -> Row:
    """A message as notifications lists it."""
    key = f"{message}-{person_id}-{channel}"
    return {
        "key": key,
        "fact": f"event-{caused_by}",
        "message": message,
        "person_id": person_id,
        "channel": channel,
        "status": "sent",
    }


def a_nomination(person_id: str, party: str, status: str) -> Row:
    """A nomination as registration lists it."""
    return {"person_id": person_id, "party": party, "status": status}


def an_enrolment(
    person_id: str, party: str, status: str, *, sex: str = "female", days: int = 0
) -> Row:
    """An enrolment as scheduling lists it."""
    return {
        "person_id": person_id,
        "party": party,
        "status": status,
        "sex": sex,
        "days_attended": days,
    }


def a_person(sex: str, *, phone: str | None = None, wants_sms: bool = False) -> Row:
    """Somebody as registration shows them."""
    return {
        "sex": sex,
        "email": "somebody@police.example",
        "phone": phone,
        "wants_email": True,
        "wants_sms": wants_sms,
    }


def figures(
    service: str = "registration",
    committed: dict[str, int] | None = None,
    taken_in: dict[str, int] | None = None,
) -> Row:
    """The accounts of one service."""
    return {"committed": committed or {}, "purged": {}, "taken_in": {service: taken_in or {}}}
