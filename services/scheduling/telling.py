"""Who is told what: one event per recipient, with a secret link and nothing personal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select

from shared.context import Work
from shared.contracts import Event
from shared.contracts.scheduling import (
    CertificateIssued,
    CertificateReady,
    CertificateReplaced,
    CertificateRevocationAnnounced,
    JoiningInstructionsIssued,
    SessionChangeAnnounced,
)
from shared.focal_points import focal_points
from shared.refusals import NotYetKnown

from .facts import planned
from .loading import enrolments_of, perhaps, sessions_of, takes_part
from .tables import certificate, enrolment, person

JOINING_LINK_OUTLIVES_THE_ACTIVITY = timedelta(days=7)
CERTIFICATE_LINK_LASTS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is written to; the officer's reference where that is not the officer."""

    person_id: UUID
    officer_reference: str | None


async def recipient_for(work: Work, of_activity: Row[Any], place: Row[Any]) -> Recipient:
    """The officer, or the party's focal point where the activity is closed or the state allows
    no direct contact. Raises `NotYetKnown`."""
    if of_activity.visibility != "closed":
        officer = await perhaps(work, person, place.person_id)
        if officer is None:
            raise NotYetKnown("person")
        if officer.contact_directly:
            return Recipient(place.person_id, None)
    points = await focal_points(work, place.project_id, [place.party])
    if place.party not in points:
        raise NotYetKnown("channel")
    return Recipient(points[place.party][0], reference_of(of_activity, place))


def reference_of(of_activity: Row[Any], place: Row[Any]) -> str:
    """How a focal point knows an officer without a name: the party's own rank in the activity."""
    return f"{of_activity.reference}/{place.party}/{place.priority}"


async def instruct(
    work: Work, of_activity: Row[Any], places: Sequence[Row[Any]]
) -> list[JoiningInstructionsIssued]:
    """Joining instructions for each place that has none yet. Raises `NotYetKnown`."""
    sessions = await sessions_of(work, of_activity.id, cancelled=False)
    erased = await work.erased(*(place.person_id for place in places))
    due = [one for one in places if not one.instructions_issued_at and one.person_id not in erased]
    events = [await instructions_for(work, of_activity, place, sessions) for place in due]
    issued = enrolment.c.id.in_([place.id for place in due])
    await work.connection.execute(
        enrolment.update().where(issued).values(instructions_issued_at=work.now)
    )
    return events


async def announce_change(
    work: Work, of_activity: Row[Any], before: Row[Any], after: Row[Any]
) -> list[Event]:
    """Tell each officer concerned that a session still ahead is not as announced; whoever takes
    part from now on, or no longer does, is concerned as well."""
    is_ahead = max(before.starts_at, after.starts_at) > work.now
    if not is_ahead or not of_activity.instructions_issued_at:
        return []
    places = await enrolments_of(work, of_activity.id, status="enrolled")
    erased = await work.erased(*(place.person_id for place in places))
    told = [
        (place, changed)
        for place in places
        if place.person_id not in erased
        and (changed := changed_for(place.person_id, before, after))
    ]
    return [await _change(work, of_activity, place, after, changed) for place, changed in told]


def changed_for(person_id: UUID, before: Row[Any], after: Row[Any]) -> tuple[str, ...]:
    """What one officer would want to know of a change, by name; nothing where it is not theirs."""
    took_part, takes_part_now = takes_part(before, person_id), takes_part(after, person_id)
    if took_part != takes_part_now:
        return ("participants",)
    return changed_fields(before, after) if takes_part_now else ()


def changed_fields(before: Row[Any], after: Row[Any]) -> tuple[str, ...]:
    """What officers would want to know of a change, by name."""
    columns = {
        "room": "room",
        "venue": "venue_id",
        "starts": "starts_at",
        "ends": "ends_at",
        "instructor": "instructor_ids",
        "state": "state",
    }
    return tuple(
        name
        for name, column in columns.items()
        if getattr(before, column) != getattr(after, column)
    )


def joining_link(work: Work, of_activity: Row[Any], place: Row[Any]) -> str:
    """The page of one officer's place: good until a week after the activity."""
    ends = datetime.combine(of_activity.ends_on, datetime.max.time(), ZoneInfo(of_activity.zone))
    return work.links.make("joining", place.id, ends + JOINING_LINK_OUTLIVES_THE_ACTIVITY)


async def ready_certificate(
    work: Work, of_activity: Row[Any], place: Row[Any], row: Row[Any]
) -> CertificateReady:
    """The officer is thanked, with the link to the certificate; with another one after the first,
    nobody is thanked again. Raises `NotYetKnown`."""
    recipient = await recipient_for(work, of_activity, place)
    ready = {
        "certificate_id": row.id,
        "issued_at": row.issued_at,
        "link": certificate_link(work, row),
        **_told(of_activity, place, recipient),
    }
    earlier = await _certificate_before(work, row)
    if earlier is None:
        return CertificateIssued(**ready)
    return CertificateReplaced(replaces=earlier, **ready)


async def revocation(
    work: Work, of_activity: Row[Any], place: Row[Any], row: Row[Any]
) -> CertificateRevocationAnnounced:
    """The officer is told that the certificate no longer stands. Raises `NotYetKnown`."""
    recipient = await recipient_for(work, of_activity, place)
    return CertificateRevocationAnnounced(
        certificate_id=row.id,
        link=certificate_link(work, row),
        **_told(of_activity, place, recipient),
    )


def certificate_link(work: Work, row: Row[Any]) -> str:
    """The page of one certificate: good for a year from its issue."""
    return work.links.make("certificate", row.id, row.issued_at + CERTIFICATE_LINK_LASTS)


async def instructions_for(
    work: Work, of_activity: Row[Any], place: Row[Any], sessions: Sequence[Row[Any]]
) -> JoiningInstructionsIssued:
    """How one officer joins. Raises `NotYetKnown`."""
    mine = [row for row in sessions if takes_part(row, place.person_id)] or sessions
    first = mine[0]
    recipient = await recipient_for(work, of_activity, place)
    return JoiningInstructionsIssued(
        starts=planned(first.starts_local, first.zone, first.starts_at),
        link=joining_link(work, of_activity, place),
        **_told(of_activity, place, recipient),
    )


async def _change(
    work: Work,
    of_activity: Row[Any],
    place: Row[Any],
    session: Row[Any],
    changed: tuple[str, ...],
) -> SessionChangeAnnounced:
    recipient = await recipient_for(work, of_activity, place)
    return SessionChangeAnnounced(
        session_id=session.id,
        changed=changed,
        link=joining_link(work, of_activity, place),
        **_told(of_activity, place, recipient),
    )


async def _certificate_before(work: Work, row: Row[Any]) -> UUID | None:
    of_place = certificate.c.enrolment_id == row.enrolment_id
    query = select(certificate.c.id).where(of_place, certificate.c.issue < row.issue)
    newest = query.order_by(certificate.c.issue.desc()).limit(1)
    return (await work.connection.execute(newest)).scalar_one_or_none()


def _told(of_activity: Row[Any], place: Row[Any], recipient: Recipient) -> dict[str, Any]:
    """What every such event says of the place and of who is written to."""
    return {
        "enrolment_id": place.id,
        "activity_id": of_activity.id,
        "party": place.party,
        "person_id": place.person_id,
        "recipient_id": recipient.person_id,
        "officer_reference": recipient.officer_reference,
        "reference": of_activity.reference,
        "visibility": of_activity.visibility,
    }
