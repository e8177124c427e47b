"""Notifications put together: what it listens to stands here on one screen."""

from pathlib import Path

from shared.contracts.registration import (
    ChangeAsked,
    ChangeDecisionAnnounced,
    ChannelAssigned,
    CorrectionAsked,
    DeadlineExtended,
    EndAnnounced,
    ErasureStated,
    FocalPointInvited,
    FollowUpAsked,
    FollowUpReminded,
    IneligibilityAnnounced,
    OfferEndAnnounced,
    OtherRunOffered,
    OutcomeAnnounced,
    PersonDetailsChanged,
    PersonErased,
    ReviewerAppointed,
    ReviewerReminded,
    SeatDecisionAsked,
    SeatOffered,
    SeatTakenBack,
    StaffAssigned,
    ViabilityQuestioned,
    VisaLetterAnnounced,
    VisaLetterVoidAnnounced,
    WaitingListClosureAnnounced,
)
from shared.contracts.scheduling import (
    ENROLMENT_EVENTS,
    SESSION_EVENTS,
    ActivityDescribed,
    CalendarDescribed,
    CancellationAnnounced,
    CertificateIssued,
    CertificateReplaced,
    CertificateRevocationAnnounced,
    JoiningInstructionsIssued,
    JoiningInstructionsStated,
    SessionChangeAnnounced,
)
from shared.database import Database
from shared.erasure import forget_who_was_erased
from shared.messaging.reactions import Reactions, each, newest
from shared.messaging.transport import Transport
from shared.rights import keep_channels, keep_staff
from shared.service import Service, make_context
from shared.settings import Settings
from shared.web.api import make_api, take_in
from shared.web.operations import operate
from shared.web.pages import Pages

from . import api as addresses
from .announced import KINDS
from .doctor import checks_of
from .handlers import causes, persons, projections, reminders
from .jobs import Deliver, job_kinds
from .pages import ROUTES as PAGES
from .queries import where_messages_stand
from .restored import doubt_what_may_have_been_sent

REACTIONS = Reactions(
    "notifications",
    [
        newest(PersonDetailsChanged, persons.keep_persons),
        each(PersonErased, persons.when_person_is_erased_forget_them),
        newest(ErasureStated, forget_who_was_erased(persons.when_person_is_erased_forget_them)),
        newest(StaffAssigned, keep_staff),
        newest(ChannelAssigned, keep_channels),
        newest(ActivityDescribed, projections.keep_activities),
        newest(SESSION_EVENTS, projections.keep_sessions),
        newest(ENROLMENT_EVENTS, projections.keep_enrolments),
        newest(CalendarDescribed, projections.keep_calendars),
        each(FocalPointInvited, causes.when_somebody_is_concerned_tell_them),
        each(OutcomeAnnounced, causes.when_somebody_is_concerned_tell_them),
        each(ReviewerAppointed, causes.when_somebody_is_concerned_tell_them),
        each(ReviewerReminded, causes.when_somebody_is_concerned_tell_them),
        each(SeatOffered, causes.when_somebody_is_concerned_tell_them),
        each(SeatTakenBack, causes.when_somebody_is_concerned_tell_them),
        each(DeadlineExtended, causes.when_somebody_is_concerned_tell_them),
        each(ViabilityQuestioned, causes.when_somebody_is_concerned_tell_them),
        each(EndAnnounced, causes.when_somebody_is_concerned_tell_them),
        each(SeatDecisionAsked, causes.when_somebody_is_concerned_tell_them),
        each(CorrectionAsked, causes.when_somebody_is_concerned_tell_them),
        each(IneligibilityAnnounced, causes.when_somebody_is_concerned_tell_them),
        each(OfferEndAnnounced, causes.when_somebody_is_concerned_tell_them),
        each(ChangeAsked, causes.when_somebody_is_concerned_tell_them),
        each(ChangeDecisionAnnounced, causes.when_somebody_is_concerned_tell_them),
        each(WaitingListClosureAnnounced, causes.when_somebody_is_concerned_tell_them),
        each(OtherRunOffered, causes.when_somebody_is_concerned_tell_them),
        each(FollowUpAsked, causes.when_somebody_is_concerned_tell_them),
        each(FollowUpReminded, causes.when_somebody_is_concerned_tell_them),
        each(VisaLetterAnnounced, causes.when_somebody_is_concerned_tell_them),
        each(VisaLetterVoidAnnounced, causes.when_somebody_is_concerned_tell_them),
        each(
            JoiningInstructionsIssued,
            causes.when_joining_instructions_are_issued_tell_and_keep_the_link,
        ),
        newest(JoiningInstructionsStated, reminders.keep_stated_links),
        each(SessionChangeAnnounced, causes.when_somebody_is_concerned_tell_them),
        each(CancellationAnnounced, causes.when_somebody_is_concerned_tell_them),
        each(CertificateIssued, causes.when_somebody_is_concerned_tell_them),
        each(CertificateReplaced, causes.when_somebody_is_concerned_tell_them),
        each(CertificateRevocationAnnounced, causes.when_somebody_is_concerned_tell_them),
    ],
)


def build(
    settings: Settings, transport: Transport, database: Database, *, deliver: Deliver
) -> Service:
    """Notifications in one installation; `deliver` says where its mail and SMS go."""
    context = make_context("notifications", settings, database)
    pages = Pages(Path(__file__).parent)
    api = make_api(
        context,
        settings.issuers,
        title="Notifications",
        description="Which messages were written, and what became of each.",
        pages=pages,
    )
    operate(api, transport, REACTIONS)
    take_in(api, addresses.routes, *PAGES)
    return Service(
        context,
        transport,
        REACTIONS,
        job_kinds(deliver),
        api,
        announced=KINDS,
        measured=[where_messages_stand],
        checks=checks_of(context, deliver),
        after_restore=doubt_what_may_have_been_sent,
    )
