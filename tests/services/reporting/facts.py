"""Facts as other services tell them: a project, an activity, officers on their way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from shared.contracts.event import Planned
from shared.contracts.registration import (
    CallOpened,
    ChannelAssigned,
    NominationConfirmed,
    NominationSelected,
    NominationState,
    NominationSubmitted,
    PartyDescribed,
    SeatOffered,
    StaffAssigned,
)
from shared.contracts.scheduling import (
    ActivityDescribed,
    AttendanceRecorded,
    CertificateIssued,
    CertificateReplaced,
    CertificateRevoked,
    EnrolmentCompleted,
    EnrolmentState,
    OfficerEnrolled,
    ProjectDescribed,
    SessionScheduled,
)
from shared.web.principal import login

NAMESPACE = UUID("5f0c1f5e-0000-4000-8000-000000000000")
NOW = datetime(2018, 6, 28, 12, tzinfo=UTC)
PROJECT, ACTIVITY, CALL = (uuid5(NAMESPACE, name) for name in ("project", "activity", "call"))
DEADLINE = Planned(local=datetime(2018, 5, 10, 16), zone="Asia/Amman", instant=NOW)  # noqa: DTZ001


def an_id(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(NAMESPACE, name)


def a_project(code: str = "MENA") -> ProjectDescribed:
    return ProjectDescribed(
        project_id=PROJECT,
        code=code,
        names={"en": "Fighting trafficking", "ar": "مكافحة الاتجار"},
        starts_on=date(2018, 1, 1),
        ends_on=date(2019, 12, 31),
    )


def an_activity(activity_id: UUID = ACTIVITY, reference: str = "AMM-2018-01") -> ActivityDescribed:
    return ActivityDescribed(
        activity_id=activity_id,
        project_id=PROJECT,
        reference=reference,
        kind="course",
        delivery="classroom",
        names={"en": "Trafficking and smuggling", "ar": "الاتجار والتهريب"},
        visibility="discreet",
        zone="Asia/Amman",
        starts_on=date(2018, 6, 24),
        ends_on=date(2018, 6, 28),
        country="JO",
        city={"en": "Amman", "ar": "عمّان"},
        minimum_attendance=80,
    )


def a_party(code: str, english: str, arabic: str) -> PartyDescribed:
    return PartyDescribed(party=code, kind="country", names={"en": english, "ar": arabic})


def a_call(*parties: str, seats: int = 25) -> CallOpened:
    return CallOpened(
        call_id=CALL,
        activity_id=ACTIVITY,
        project_id=PROJECT,
        reference="AMM-2018-01",
        seats=seats,
        parties=parties,
        quotas=(),
        deadline=DEADLINE,
    )


def staff(role: str, subject: str) -> StaffAssigned:
    return StaffAssigned.model_validate(
        {
            "assignment_id": an_id(f"staff {subject}"),
            "project_id": PROJECT,
            "person_id": an_id(subject),
            "login": login(subject),
            "role": role,
            "from_on": date(2018, 1, 1),
        }
    )


def a_channel(party: str, subject: str) -> ChannelAssigned:
    return ChannelAssigned(
        channel_id=an_id(f"channel {party}"),
        project_id=PROJECT,
        party=party,
        holder_id=an_id(subject),
        holder_login=login(subject),
        from_on=date(2018, 1, 1),
    )


def a_session(day: int, session: int = 1, **details: str) -> SessionScheduled:
    """A session of a day in June, in the morning."""
    at = {"zone": "Asia/Amman", "instant": datetime(2018, 6, day, 6, tzinfo=UTC)}
    return SessionScheduled.model_validate(
        {
            "session_id": an_id(f"session {day} {session}"),
            "activity_id": ACTIVITY,
            "number": day,
            "starts": {"local": f"2018-06-{day}T09:00:00", **at},
            "ends": {"local": f"2018-06-{day}T11:00:00", **at},
            "module": {"en": "Interview skills"},
            **details,
        }
    )


@dataclass(frozen=True)
class Officer:
    """An officer of the small course, and what becomes of them."""

    name: str
    party: str
    sex: str
    unit: str = "immigration"
    activity: UUID = ACTIVITY
    brings: Mapping[str, Any] = field(default_factory=dict)

    def nominated(self, kind: type[NominationState] = NominationSubmitted) -> NominationState:
        """A fact about the officer's nomination, with the status of its type."""
        return kind.model_validate(
            {
                "nomination_id": an_id(f"nomination {self.name} {self.activity}"),
                "call_id": CALL,
                "activity_id": self.activity,
                "project_id": PROJECT,
                "person_id": an_id(self.name),
                "party": self.party,
                "sex": self.sex,
                "unit": self.unit,
                "priority": 1,
                "status": kind.type.split(".")[2],
                "submitted_at": NOW,
                **self.brings,
            }
        )

    def seated(self) -> list[NominationState]:
        """Nominated, selected and confirmed."""
        kinds = (NominationSubmitted, NominationSelected, NominationConfirmed)
        return [self.nominated(kind) for kind in kinds]

    def enrolled(self, kind: type[EnrolmentState] = OfficerEnrolled) -> EnrolmentState:
        """A fact about the officer's enrolment, with the status of its type."""
        return kind.model_validate(
            {
                "enrolment_id": self.enrolment_id,
                "activity_id": self.activity,
                "project_id": PROJECT,
                "nomination_id": an_id(f"nomination {self.name} {self.activity}"),
                "person_id": an_id(self.name),
                "party": self.party,
                "sex": self.sex,
                "unit": self.unit,
                "status": kind.type.split(".")[2],
            }
        )

    def completed(self) -> EnrolmentState:
        return self.enrolled(EnrolmentCompleted)

    def attended(self, day: int, status: str = "present", session: int = 1) -> AttendanceRecorded:
        """What is written beside the officer's name at a session of a day in June."""
        held_on = date(2018, 6, day)
        return AttendanceRecorded.model_validate(
            {
                "attendance_id": an_id(f"{self.name} {self.activity} {day} {session}"),
                "enrolment_id": self.enrolment_id,
                "session_id": an_id(f"session {day} {session}"),
                "activity_id": self.activity,
                "party": self.party,
                "person_id": an_id(self.name),
                "held_on": held_on,
                "status": status,
            }
        )

    def certified(self) -> CertificateIssued:
        return CertificateIssued(
            certificate_id=an_id(f"certificate {self.name}"),
            enrolment_id=self.enrolment_id,
            activity_id=self.activity,
            party=self.party,
            person_id=an_id(self.name),
            recipient_id=an_id(self.name),
            reference="AMM-2018-01",
            visibility="discreet",
            issued_at=NOW,
            link="https://cadre.test/scheduling/certificate/a-secret",
        )

    def certified_again(self) -> CertificateReplaced:
        """Another certificate, after the first was revoked."""
        first = self.certified()
        another = an_id(f"another certificate {self.name}")
        details = first.model_dump(exclude={"certificate_id"})
        return CertificateReplaced(**details, certificate_id=another, replaces=first.certificate_id)

    def decertified(self) -> CertificateRevoked:
        """The first certificate no longer stands."""
        return CertificateRevoked(
            certificate_id=an_id(f"certificate {self.name}"),
            enrolment_id=self.enrolment_id,
            activity_id=self.activity,
            party=self.party,
            person_id=an_id(self.name),
        )

    def offered(self) -> SeatOffered:
        return SeatOffered(
            offer_id=an_id(f"offer {self.name}"),
            nomination_id=an_id(f"nomination {self.name} {self.activity}"),
            call_id=CALL,
            activity_id=self.activity,
            party=self.party,
            person_id=an_id(self.name),
            recipient_id=an_id(self.name),
            reference="AMM-2018-01",
            visibility="discreet",
            answer_by=DEADLINE,
            link="https://cadre.test/registration/offer/a-secret",
        )

    @property
    def enrolment_id(self) -> UUID:
        return an_id(f"enrolment {self.name} {self.activity}")
