"""The accounts of the play, kept from fetched records alone: what happened, lost, doubled.

lost: events that were committed and neither purged nor archived, or, where a type is private or
only states anew what others told, not taken in by each of its consumers; and messages that an
archived event made due and that never reached the receiver. doubled: repeats of one message key at
the receiver. Nothing is made up for: a surplus of one type or message never hides that another is
missing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from .records import Records, Row, recipient_of

CONSUMERS_OF_PRIVATE_TYPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"registration.person.details_changed.v1": ("notifications", "scheduling")}
)
MESSAGE_DUE_FOR: Mapping[str, str] = MappingProxyType(
    {
        "registration.focal_point.invited.v1": "call_opened",
        "registration.outcome.announced.v1": "outcome_announced",
        "registration.reviewer.appointed.v1": "reviewer_appointed",
        "registration.reviewer.reminded.v1": "reviewer_reminded",
        "registration.seat.offered.v1": "seat_offered",
        "registration.seat.decision_asked.v1": "seat_held",
        "registration.correction.asked.v1": "nomination_returned",
        "registration.ineligibility.announced.v1": "nomination_ineligible",
        "registration.change.asked.v1": "change_asked",
        "registration.change_decision.announced.v1": "change_decided",
        "registration.seat.taken_back.v1": "seat_taken_back",
        "registration.deadline.extended.v1": "deadline_extended",
        "registration.viability.questioned.v1": "call_below_minimum",
        "registration.end.announced.v1": "call_ended",
        "registration.waiting_list_closure.announced.v1": "waiting_list_closed",
        "registration.other_run.offered.v1": "other_run_offered",
        "registration.follow_up.asked.v1": "follow_up_asked",
        "registration.follow_up.reminded.v1": "follow_up_reminded",
        "registration.visa_letter.announced.v1": "visa_letter_issued",
        "registration.visa_letter_void.announced.v1": "visa_letter_void",
        "scheduling.joining_instructions.issued.v1": "joining_instructions",
        "scheduling.session_change.announced.v1": "session_changed",
        "scheduling.cancellation.announced.v1": "activity_cancelled",
        "scheduling.certificate.issued.v1": "certificate_issued",
        "scheduling.certificate.replaced.v1": "certificate_replaced",
        "scheduling.certificate_revocation.announced.v1": "certificate_revoked",
    }
)
"""The reaction table: which message each of these events makes due to its recipient."""
ENDED_OTHERWISE = frozenset({"refused", "not_sent", "unsettled"})
"""Ends of a message that are on record, without the receiver having it."""
STATED = ".stated.v1"
"""How the types end that only state anew: the archive has the events that told it first."""
SELECTION = "registration.selection.concluded.v1"
CERTIFICATE = "scheduling.certificate.issued.v1"


class Due(NamedTuple):
    """One message that a fact makes due to one person on one channel."""

    fact: str
    message: str
    person_id: str
    channel: str


def keep_accounts(records: Records, seconds: float) -> dict[str, int | float]:
    """The figures of the play, in the order in which they are printed."""
    nominations, enrolments = records.nominations, records.enrolments
    completed = [one for one in enrolments if one["status"] == "completed"]
    received = Counter(one["channel"] for one in records.received)
    return {
        "officers": len({one["person_id"] for one in nominations}),
        "countries": len({one["party"] for one in nominations}),
        "women": sum(one["sex"] == "female" for one in completed),
        "nominated": len(nominations),
        "selected": sum(one["selected"] for one in told(records, SELECTION)),
        "waitlisted": sum(one["waitlisted"] for one in told(records, SELECTION)),
        "confirmed": sum(one["status"] == "confirmed" for one in nominations),
        "declined": sum(one["status"] == "declined" for one in nominations),
        "completed": len(completed),
        "certificates": len({one["certificate_id"] for one in told(records, CERTIFICATE)}),
        "emails": received["email"],
        "sms": received["sms"],
        "events": sum(committed(records).values()),
        "lost": lost_events(records) + lost_messages(records),
        "doubled": doubled_messages(records),
        "refused": sum(one["status"] == "refused" for one in records.messages),
        "unsettled": sum(one["status"] == "unsettled" for one in records.messages),
        "seconds": round(seconds, 1),
    }


def told(records: Records, event_type: str) -> Iterator[Row]:
    """What each archived event of a type says."""
    return (row["body"]["data"] for row in records.archive if row["type"] == event_type)


def committed(records: Records) -> Counter[str]:
    """Events of all services by type, as counted in the transactions that caused them."""
    return _summed(records, "committed")


def lost_events(records: Records) -> int:
    """Events that did not get where every event of their type must get."""
    due = committed(records)
    due.subtract(_summed(records, "purged"))
    return sum(
        max(0, number - arrived)
        for event_type, number in due.items()
        for arrived in _arrivals(records, event_type)
    )


def lost_messages(records: Records) -> int:
    """Messages that are due and that neither the receiver nor a record of their end knows."""
    at_receiver = {one["key"] for one in records.received}
    planned = {
        Due(one["fact"], one["message"], one["person_id"], one["channel"])
        for one in records.messages
    }
    never_planned = set(messages_due(records)) - planned
    never_arrived = [
        one
        for one in records.messages
        if one["key"] not in at_receiver and one["status"] not in ENDED_OTHERWISE
    ]
    return len(never_planned) + len(never_arrived)


def messages_due(records: Records) -> Iterator[Due]:
    """What the reaction table asks for; who was erased is written to no more."""
    for row in records.archive:
        message, recipient = MESSAGE_DUE_FOR.get(row["type"]), recipient_of(row)
        if message is not None and recipient in records.persons:
            for channel in ways_to(records.persons[recipient]):
                yield Due(row["event_id"], message, recipient, channel)


def ways_to(person: Row) -> Iterator[str]:
    """The channels on which a person wants to be written to, and can be."""
    if person["wants_email"] and person["email"]:
        yield "email"
    if person["wants_sms"] and person["phone"]:
        yield "sms"


def doubled_messages(records: Records) -> int:
    """Arrivals of a key after its first."""
    arrivals = Counter(one["key"] for one in records.received if one["key"])
    return sum(number - 1 for number in arrivals.values())


def _arrivals(records: Records, event_type: str) -> Iterator[int]:
    """How many events of a type got to each place where all of them must get."""
    if event_type.endswith(STATED):
        yield from _taken_in(records, event_type)
        return
    consumers = CONSUMERS_OF_PRIVATE_TYPES.get(event_type)
    if consumers is None:
        yield records.archived.get(event_type, 0)
        return
    for service in consumers:
        taken_in = records.figures[service]["taken_in"].get(service, {})
        yield taken_in.get(event_type, 0)


def _taken_in(records: Records, event_type: str) -> Iterator[int]:
    """By each consumer that listens to a type."""
    for figures in records.figures.values():
        for by_type in figures["taken_in"].values():
            if event_type in by_type:
                yield by_type[event_type]


def _summed(records: Records, direction: str) -> Counter[str]:
    total: Counter[str] = Counter()
    for figures in records.figures.values():
        total.update(figures[direction])
    return total
