"""Who listens to which event type: what the broker is to bind, and to grant.

Each service's `app.py` says which handler an event meets; a test holds this table to all four.
"""

from collections.abc import Mapping
from types import MappingProxyType

from shared.contracts import CONTRACTS

LISTENERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "registration": (
            "ingress.event.accepted.v1",
            "ingress.event.held.v1",
            "ingress.event.refused.v1",
            "notifications.erasure.confirmed.v1",
            "registration.seat.freed.v1",
            "reporting.erasure.confirmed.v1",
            "scheduling.activity.described.v1",
            "scheduling.activity.stated.v1",
            "scheduling.calendar.described.v1",
            "scheduling.calendar.stated.v1",
            "scheduling.erasure.confirmed.v1",
            "scheduling.project.described.v1",
            "scheduling.project.stated.v1",
        ),
        "scheduling": (
            "registration.alias.described.v1",
            "registration.alias.stated.v1",
            "registration.channel.assigned.v1",
            "registration.channel.stated.v1",
            "registration.nomination.confirmed.v1",
            "registration.nomination.declined.v1",
            "registration.nomination.expired.v1",
            "registration.nomination.replaced.v1",
            "registration.nomination.selected.v1",
            "registration.nomination.stated.v1",
            "registration.nomination.submitted.v1",
            "registration.nomination.waitlisted.v1",
            "registration.nomination.withdrawn.v1",
            "registration.outsider.described.v1",
            "registration.outsider.stated.v1",
            "registration.party.described.v1",
            "registration.party.stated.v1",
            "registration.person.details_changed.v1",
            "registration.person.erased.v1",
            "registration.person.stated.v1",
            "registration.staff.assigned.v1",
            "registration.staff.stated.v1",
        ),
        "notifications": (
            "registration.channel.assigned.v1",
            "registration.channel.stated.v1",
            "registration.focal_point.invited.v1",
            "registration.outcome.announced.v1",
            "registration.person.details_changed.v1",
            "registration.person.erased.v1",
            "registration.person.stated.v1",
            "registration.seat.offered.v1",
            "registration.staff.assigned.v1",
            "registration.staff.stated.v1",
            "scheduling.activity.described.v1",
            "scheduling.activity.stated.v1",
            "scheduling.calendar.described.v1",
            "scheduling.calendar.stated.v1",
            "scheduling.certificate.issued.v1",
            "scheduling.certificate.replaced.v1",
            "scheduling.certificate_revocation.announced.v1",
            "scheduling.enrolment.cancelled.v1",
            "scheduling.enrolment.completed.v1",
            "scheduling.enrolment.failed.v1",
            "scheduling.enrolment.stated.v1",
            "scheduling.joining_instructions.issued.v1",
            "scheduling.joining_instructions.stated.v1",
            "scheduling.officer.enrolled.v1",
            "scheduling.session.changed.v1",
            "scheduling.session.scheduled.v1",
            "scheduling.session.stated.v1",
            "scheduling.session_change.announced.v1",
        ),
        "reporting": (
            *(name for name, event in CONTRACTS.items() if not event.private and not event.stated),
            "notifications.message.stated.v1",
            "registration.call.stated.v1",
            "registration.channel.stated.v1",
            "registration.nomination.stated.v1",
            "registration.outsider.stated.v1",
            "registration.party.stated.v1",
            "registration.selection.stated.v1",
            "registration.staff.stated.v1",
            "scheduling.activity.stated.v1",
            "scheduling.attendance.stated.v1",
            "scheduling.certificate.stated.v1",
            "scheduling.enrolment.stated.v1",
            "scheduling.project.stated.v1",
            "scheduling.session.stated.v1",
        ),
    }
)
"""By service, the types it receives; reporting archives every one that is not private, except what
is only stated anew."""
