"""Which facts cause a message, and to whom; the owner of the fact decided that somebody is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.contracts import Event, Fact
from shared.contracts.event import Planned
from shared.contracts.registration import (
    ChangeAsked,
    ChangeDecisionAnnounced,
    CorrectionAsked,
    DeadlineExtended,
    EndAnnounced,
    FocalPointInvited,
    FollowUpAsked,
    FollowUpReminded,
    IneligibilityAnnounced,
    OfferEndAnnounced,
    OtherRunOffered,
    OutcomeAnnounced,
    ReviewerAppointed,
    ReviewerReminded,
    SeatDecisionAsked,
    SeatOffered,
    SeatTakenBack,
    ViabilityQuestioned,
    VisaLetterAnnounced,
    VisaLetterVoidAnnounced,
    WaitingListClosureAnnounced,
)
from shared.contracts.scheduling import (
    CancellationAnnounced,
    CertificateIssued,
    CertificateReplaced,
    CertificateRevocationAnnounced,
    JoiningInstructionsIssued,
    SessionChangeAnnounced,
)
from shared.refusals import NotYetKnown

from ..rendering import MESSAGES
from ..tables import activity
from .messages import Notice, write_messages
from .reminders import keep_joining_link


@dataclass(frozen=True, slots=True)
class Caused:
    """The message a fact causes, and the field of the fact that names its reader."""

    message: str
    recipient: str = "recipient_id"


WHAT_CAUSES_A_MESSAGE: Final[Mapping[type[Event], Caused]] = MappingProxyType(
    {
        FocalPointInvited: Caused("call_opened", recipient="person_id"),
        OutcomeAnnounced: Caused("outcome_announced", recipient="person_id"),
        ReviewerAppointed: Caused("reviewer_appointed", recipient="person_id"),
        ReviewerReminded: Caused("reviewer_reminded", recipient="person_id"),
        SeatOffered: Caused("seat_offered"),
        SeatTakenBack: Caused("seat_taken_back"),
        DeadlineExtended: Caused("deadline_extended", recipient="person_id"),
        ViabilityQuestioned: Caused("call_below_minimum", recipient="person_id"),
        EndAnnounced: Caused("call_ended", recipient="person_id"),
        SeatDecisionAsked: Caused("seat_held", recipient="person_id"),
        CorrectionAsked: Caused("nomination_returned"),
        IneligibilityAnnounced: Caused("nomination_ineligible"),
        OfferEndAnnounced: Caused("offer_ended"),
        ChangeAsked: Caused("change_asked"),
        ChangeDecisionAnnounced: Caused("change_decided"),
        WaitingListClosureAnnounced: Caused("waiting_list_closed", recipient="person_id"),
        OtherRunOffered: Caused("other_run_offered"),
        FollowUpAsked: Caused("follow_up_asked"),
        FollowUpReminded: Caused("follow_up_reminded"),
        VisaLetterAnnounced: Caused("visa_letter_issued"),
        VisaLetterVoidAnnounced: Caused("visa_letter_void"),
        JoiningInstructionsIssued: Caused("joining_instructions"),
        SessionChangeAnnounced: Caused("session_changed"),
        CancellationAnnounced: Caused("activity_cancelled", recipient="person_id"),
        CertificateIssued: Caused("certificate_issued"),
        CertificateReplaced: Caused("certificate_replaced"),
        CertificateRevocationAnnounced: Caused("certificate_revoked"),
    }
)


async def when_somebody_is_concerned_tell_them(work: Work, fact: Fact[Any]) -> Outcome:
    """Each: exactly one message per channel of the recipient."""
    await _require_open_details(work, fact.event)
    return await write_messages(work, _notice(fact))


async def when_joining_instructions_are_issued_tell_and_keep_the_link(
    work: Work, fact: Fact[JoiningInstructionsIssued]
) -> Outcome:
    """Each: the message, and the link that reminders will carry."""
    told = await when_somebody_is_concerned_tell_them(work, fact)
    await keep_joining_link(work, fact)
    return told


def _notice(fact: Fact[Any]) -> Notice:
    event, caused = fact.event, WHAT_CAUSES_A_MESSAGE[type(fact.event)]
    recipient_id: UUID = getattr(event, caused.recipient)
    return Notice(
        fact=fact.id,
        cause=fact.type,
        message=caused.message,
        recipient_id=recipient_id,
        officer_id=event.person_id if caused.recipient == "recipient_id" else None,
        activity_id=event.activity_id,
        visibility=event.visibility,
        variables=_variables(event, caused.message),
    )


def _variables(event: Event, message: str) -> dict[str, Any]:
    """What the message must be told: its variables are named as the fields of its fact."""
    variables = {name: _coded(getattr(event, name)) for name in sorted(MESSAGES[message])}
    variables["officer_reference"] = getattr(event, "officer_reference", None)
    return variables


def _coded(value: object) -> object:
    if isinstance(value, Planned):
        return {"local": value.local.isoformat(), "zone": value.zone}
    return value


async def _require_open_details(work: Work, event: Any) -> None:
    """An open activity is described in its messages. Raises `NotYetKnown`."""
    if event.visibility != "open":
        return
    query = select(activity.c.id).where(activity.c.id == event.activity_id)
    if (await work.connection.execute(query)).one_or_none() is None:
        raise NotYetKnown("activity")
