"""Facts that scheduling publishes: what happens where and when, who took part, who completed."""

from typing import Any, Literal

from pydantic import Field

from shared.contracts.event import (
    CountryCode,
    Event,
    Id,
    Instant,
    Localized,
    PartyCode,
    Planned,
    Secret,
    Sex,
    Visibility,
    date,
)


class ProjectDescribed(
    Event, type="scheduling.project.described.v1", aggregate="project_id", whole=True
):
    """A funded frame with donors and dates."""

    project_id: Id
    code: str
    names: Localized
    starts_on: date
    ends_on: date
    donors: tuple[PartyCode, ...] = ()
    issuing_body: Localized | None = None
    """Who issues papers for its activities, by language."""


class ActivityDescribed(
    Event, type="scheduling.activity.described.v1", aggregate="activity_id", whole=True
):
    """Something people take part in: a course, a webinar, a workshop, an exercise."""

    activity_id: Id
    project_id: Id
    reference: str
    kind: str
    delivery: Literal["classroom", "online_led", "online_self_paced", "blended"]
    names: Localized
    visibility: Visibility
    zone: str
    starts_on: date
    ends_on: date
    country: CountryCode | None = None
    city: Localized = Field(default_factory=dict)
    languages: tuple[str, ...] = ()
    minimum_attendance: int
    """Per cent of the sessions held that an officer must attend to complete."""
    state: Literal["planned", "closed", "cancelled"] = "planned"


class SessionState(Event, aggregate="session_id"):
    """The whole state of one dated block of an activity."""

    session_id: Id
    activity_id: Id
    number: int
    starts: Planned
    ends: Planned
    module: Localized
    venue_id: Id | None = None
    venue: Localized = Field(default_factory=dict)
    room: str | None = None
    instructor_ids: tuple[Id, ...] = ()
    participant_ids: tuple[Id, ...] | None = None
    """The officers it concerns, where that is not everyone enrolled."""
    state: Literal["scheduled", "cancelled"] = "scheduled"


class SessionScheduled(SessionState, type="scheduling.session.scheduled.v1", whole=True):
    """A session has its time, venue, module and instructors."""


class SessionChanged(SessionState, type="scheduling.session.changed.v1", whole=True):
    """A session is not as it was announced."""


class CalendarDescribed(
    Event, type="scheduling.calendar.described.v1", aggregate="country", whole=True
):
    """A country's working week, holidays and Ramadan, dated; read with `shared.calendar`."""

    country: CountryCode
    calendar: dict[str, Any]


class EnrolmentState(Event, aggregate="enrolment_id"):
    """The whole state of one officer's part in one activity."""

    enrolment_id: Id
    activity_id: Id
    project_id: Id
    nomination_id: Id
    person_id: Id
    party: PartyCode
    sex: Sex
    unit: str
    rank_band: str | None = None
    status: Literal["enrolled", "cancelled", "completed", "failed"]
    sessions_held: int = 0
    sessions_attended: int = 0
    days_attended: int = 0


class OfficerEnrolled(
    EnrolmentState, type="scheduling.officer.enrolled.v1", whole=True, public=True
):
    """A confirmed seat became a place in the activity."""


class EnrolmentCancelled(
    EnrolmentState, type="scheduling.enrolment.cancelled.v1", whole=True, public=True
):
    """The officer no longer takes part."""


class EnrolmentCompleted(
    EnrolmentState, type="scheduling.enrolment.completed.v1", whole=True, public=True
):
    """The officer attended enough to complete."""


class EnrolmentFailed(
    EnrolmentState, type="scheduling.enrolment.failed.v1", whole=True, public=True
):
    """The officer did not attend enough to complete."""


class JoiningInstructionsIssued(
    Event, type="scheduling.joining_instructions.issued.v1", aggregate="enrolment_id"
):
    """One officer is told how to join; details stand behind the secret link."""

    enrolment_id: Id
    activity_id: Id
    party: PartyCode
    person_id: Id
    recipient_id: Id
    officer_reference: Secret | None = None
    reference: str
    visibility: Visibility
    starts: Planned
    link: Secret


class SessionChangeAnnounced(
    Event, type="scheduling.session_change.announced.v1", aggregate="enrolment_id"
):
    """One officer concerned is told that a session is not as announced."""

    enrolment_id: Id
    session_id: Id
    activity_id: Id
    party: PartyCode
    person_id: Id
    recipient_id: Id
    officer_reference: Secret | None = None
    reference: str
    visibility: Visibility
    changed: tuple[str, ...]
    link: Secret


class CancellationAnnounced(
    Event, type="scheduling.cancellation.announced.v1", aggregate="activity_id"
):
    """One person who was to teach is told that the activity does not take place."""

    activity_id: Id
    person_id: Id
    reference: str
    visibility: Visibility
    link: str


class AttendanceRecorded(
    Event,
    type="scheduling.attendance.recorded.v1",
    aggregate="attendance_id",
    whole=True,
    public=True,
):
    """Whether one officer was there in one session."""

    attendance_id: Id
    enrolment_id: Id
    session_id: Id
    activity_id: Id
    party: PartyCode
    person_id: Id
    held_on: date
    status: Literal["present", "late", "excused", "absent"]


class CertificateState(Event, aggregate="certificate_id"):
    """Whose certificate it is."""

    certificate_id: Id
    enrolment_id: Id
    activity_id: Id
    party: PartyCode
    person_id: Id


class CertificateReady(CertificateState):
    """An officer's certificate can be fetched behind the secret link."""

    recipient_id: Id
    officer_reference: Secret | None = None
    reference: str
    visibility: Visibility
    issued_at: Instant
    link: Secret


class CertificateIssued(CertificateReady, type="scheduling.certificate.issued.v1", public=True):
    """A certificate is ready; the officer is thanked and given the secret link to it."""


class CertificateReplaced(CertificateReady, type="scheduling.certificate.replaced.v1"):
    """A corrected record leads to a certificate again; the officer was thanked before."""

    replaces: Id
    """The certificate that was revoked before it."""


class CertificateRevoked(CertificateState, type="scheduling.certificate.revoked.v1", public=True):
    """A certificate no longer stands."""


class CertificateRevocationAnnounced(
    Event, type="scheduling.certificate_revocation.announced.v1", aggregate="certificate_id"
):
    """One officer is told that a certificate no longer stands."""

    certificate_id: Id
    enrolment_id: Id
    activity_id: Id
    party: PartyCode
    person_id: Id
    recipient_id: Id
    officer_reference: Secret | None = None
    reference: str
    visibility: Visibility
    link: Secret


class SchedulingErasureConfirmed(
    Event, type="scheduling.erasure.confirmed.v1", aggregate="person_id"
):
    """Scheduling has forgotten the person."""

    person_id: Id


class ProjectStated(ProjectDescribed, type="scheduling.project.stated.v1", stated=True):
    """A project as it is described now."""


class ActivityStated(ActivityDescribed, type="scheduling.activity.stated.v1", stated=True):
    """An activity as it is described now."""


class SessionStated(SessionState, type="scheduling.session.stated.v1", stated=True):
    """A session as it is planned now."""


class CalendarStated(CalendarDescribed, type="scheduling.calendar.stated.v1", stated=True):
    """A country's calendar as it is kept now."""


class EnrolmentStated(EnrolmentState, type="scheduling.enrolment.stated.v1", stated=True):
    """Where an enrolment stands now, whatever brought it there."""


class AttendanceStated(AttendanceRecorded, type="scheduling.attendance.stated.v1", stated=True):
    """Whether one officer was there in one session, as it is written down now."""


class JoiningInstructionsStated(
    JoiningInstructionsIssued, type="scheduling.joining_instructions.stated.v1", stated=True
):
    """What an officer was told of joining, as it would be told now."""


class CertificateStated(CertificateState, type="scheduling.certificate.stated.v1", stated=True):
    """A certificate that was issued, and whether it was revoked since."""

    revoked: bool
    """Whether it no longer stands."""


EVENTS: tuple[type[Event], ...] = (
    ProjectDescribed,
    ActivityDescribed,
    SessionScheduled,
    SessionChanged,
    CalendarDescribed,
    OfficerEnrolled,
    EnrolmentCancelled,
    EnrolmentCompleted,
    EnrolmentFailed,
    JoiningInstructionsIssued,
    SessionChangeAnnounced,
    CancellationAnnounced,
    AttendanceRecorded,
    CertificateIssued,
    CertificateReplaced,
    CertificateRevoked,
    CertificateRevocationAnnounced,
    SchedulingErasureConfirmed,
    ProjectStated,
    ActivityStated,
    SessionStated,
    CalendarStated,
    EnrolmentStated,
    AttendanceStated,
    JoiningInstructionsStated,
    CertificateStated,
)

SESSION_EVENTS: tuple[type[SessionState], ...] = (SessionScheduled, SessionChanged)
ENROLMENT_EVENTS: tuple[type[EnrolmentState], ...] = (
    OfficerEnrolled,
    EnrolmentCancelled,
    EnrolmentCompleted,
    EnrolmentFailed,
)
