"""What becomes of a course and of a place in it, as officers and instructors are told."""

from uuid import UUID

from shared.contracts.scheduling import (
    CancellationAnnounced,
    CertificateIssued,
    CertificateReplaced,
    CertificateRevocationAnnounced,
    SessionChangeAnnounced,
)
from tests.services.notifications.facts import (
    COURSE,
    KARIM,
    LAYLA,
    LINK,
    REFERENCE,
    an_id,
    at,
    told_to,
)


def called_off(person_id: UUID = KARIM) -> CancellationAnnounced:
    """Who was to teach is told that the activity does not take place."""
    return CancellationAnnounced(
        activity_id=COURSE,
        person_id=person_id,
        reference=REFERENCE,
        visibility="discreet",
        link=LINK,
    )


def session_change(person_id: UUID = LAYLA) -> SessionChangeAnnounced:
    """An officer is told of a changed room."""
    return SessionChangeAnnounced(
        **told_to(person_id), session_id=an_id("session 1"), changed=("room",)
    )


def certificate(person_id: UUID = LAYLA) -> CertificateIssued:
    """An officer is thanked."""
    issued = at("2018-06-28T16:00").instant
    certificate_id = an_id(f"certificate {person_id}")
    return CertificateIssued(**told_to(person_id), certificate_id=certificate_id, issued_at=issued)


def replaced(person_id: UUID = LAYLA) -> CertificateReplaced:
    """An officer has a certificate again, after a correction."""
    first = certificate(person_id)
    another = an_id(f"another certificate {person_id}")
    details = first.model_dump(exclude={"certificate_id"})
    return CertificateReplaced(**details, certificate_id=another, replaces=first.certificate_id)


def revoked(person_id: UUID = LAYLA) -> CertificateRevocationAnnounced:
    """An officer is told that a certificate no longer stands."""
    certificate_id = an_id(f"certificate {person_id}")
    return CertificateRevocationAnnounced(**told_to(person_id), certificate_id=certificate_id)
