"""The events of registration, made from its rows."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from shared.contracts.event import Planned
from shared.contracts.registration import (
    AliasDescribed,
    BoardState,
    CallChanged,
    CallEnded,
    CallOpened,
    CallQuota,
    ChangeRequestDescribed,
    ChannelAssigned,
    FollowUpDescribed,
    NominationState,
    OtherRunDescribed,
    OutsiderDescribed,
    ParticipationState,
    PartnerJoined,
    PartyDescribed,
    PersonDetailsChanged,
    PersonName,
    SelectionConcluded,
    SelectionRunState,
    StaffAssigned,
    VisaLetterState,
)
from shared.web.principal import login

from .board.appointments import scores_until
from .board.loading import Board

N = TypeVar("N", bound=NominationState)
B = TypeVar("B", bound=BoardState)
P = TypeVar("P", bound=ParticipationState)
R = TypeVar("R", bound=SelectionRunState)
V = TypeVar("V", bound=VisaLetterState)
Row = Mapping[str, Any]


def party_described(row: Row) -> PartyDescribed:
    """The whole of a party."""
    return PartyDescribed(
        party=row["code"],
        kind=row["kind"],
        names=row["names"],
        calendar_country=row["calendar_country"],
    )


def person_details(row: Row, party_calendar: str | None) -> PersonDetailsChanged:
    """The whole of a person; whose own calendar is unknown keeps the party's."""
    return PersonDetailsChanged(
        person_id=row["id"],
        party=row["party"],
        calendar_country=row["calendar_country"] or party_calendar,
        login=login_of(row["subject"]),
        names=tuple(PersonName(**name) for name in row["names"]),
        sex=row["sex"],
        email=row["email"],
        phone=row["phone"],
        language=row["language"],
        wants_email=row["wants_email"],
        wants_sms=row["wants_sms"],
        contact_directly=row["contact_directly"],
    )


def login_of(subject: str | None) -> str | None:
    """A token subject as it is published: its digest."""
    return login(subject) if subject else None


def partner_joined(row: Row) -> PartnerJoined:
    """The whole of a partnership."""
    return PartnerJoined(partner_id=row["id"], **_named(row, PartnerJoined))


def staff_assigned(row: Row) -> StaffAssigned:
    """The whole of a staff assignment."""
    return StaffAssigned(assignment_id=row["id"], **_named(row, StaffAssigned))


def channel_assigned(row: Row) -> ChannelAssigned:
    """The whole of a channel."""
    return ChannelAssigned(channel_id=row["id"], **_named(row, ChannelAssigned))


def outsider_described(row: Row) -> OutsiderDescribed:
    """The whole of another system that takes part."""
    return OutsiderDescribed(outsider=row["code"], **_named(row, OutsiderDescribed))


def alias_described(row: Row) -> AliasDescribed:
    """What another system calls somebody or something, or no longer does."""
    return AliasDescribed(alias_id=row["id"], **_named(row, AliasDescribed))


def call_opened(row: Row, quotas: Sequence[CallQuota]) -> CallOpened:
    """The whole of a call; its parties and quotas in an order of their own."""
    return CallOpened(
        call_id=row["id"],
        parties=tuple(sorted(one.value for one in quotas if one.dimension == "party")),
        quotas=tuple(sorted(quotas, key=lambda one: (one.dimension, one.value))),
        deadline=deadline_of(row),
        **_named(row, CallOpened),
    )


def call_changed(row: Row, quotas: Sequence[CallQuota]) -> CallChanged:
    """The whole of a call after it was amended."""
    return CallChanged(**dict(call_opened(row, quotas)))


def call_ended(row: Row, quotas: Sequence[Row]) -> CallEnded:
    """The whole of a call that leads to nothing any more."""
    bounds = [CallQuota.model_validate(dict(one)) for one in quotas]
    return CallEnded(**dict(call_opened(row, bounds)))


def selection_concluded(call: Row, figures: Row) -> SelectionConcluded:
    """A selection in numbers, with what its call says of it."""
    known = {name: call[name] for name in ("activity_id", "project_id", "pool_digest")}
    return SelectionConcluded(**known, **figures)


def selection_run_fact(kind: type[R], call: Row, run: Row, overrides: int) -> R:
    """Where a run of the selection stands, after what `kind` names."""
    known = {name: call[name] for name in ("activity_id", "project_id")}
    return kind(run_id=run["id"], overrides=overrides, **known, **_named(run, kind))


def board_fact(kind: type[B], call: Row, row: Row, known: Board) -> B:
    """How a board stands, after what `kind` names."""
    return kind(
        **{name: call[name] for name in ("activity_id", "project_id")},
        call_id=row["call_id"],
        reviewers=len(known.reviewers),
        criteria=tuple(one["code"] for one in known.criteria),
        conflicts=len(known.conflicts),
        scores_until=scores_until(row),
    )


def nomination_fact(kind: type[N], row: Row) -> N:
    """The whole coded state of a nomination, after what `kind` names."""
    return kind(nomination_id=row["id"], **_named(row, kind))


def change_request_described(row: Row) -> ChangeRequestDescribed:
    """The whole of a change that was asked for, but for whom it describes and in which words."""
    return ChangeRequestDescribed(request_id=row["id"], **_named(row, ChangeRequestDescribed))


def other_run_described(row: Row) -> OtherRunDescribed:
    """The whole of another run that was offered."""
    return OtherRunDescribed(run_offer_id=row["id"], **_named(row, OtherRunDescribed))


def participation_fact(kind: type[P], row: Row, officer: Row) -> P:
    """The whole coded state of an imported participation, after what `kind` names."""
    coded = {name: officer[name] for name in ("party", "sex", "unit", "rank_band")}
    told = {name: row[name] for name in ("person_id", "code", "held_on", "outcome")}
    withdrawn = row["withdrawn_at"] is not None
    return kind(participation_id=row["id"], **coded, **told, withdrawn=withdrawn)


def follow_up_described(row: Row) -> FollowUpDescribed:
    """Whether the details of an officer are complete; not what they are."""
    return FollowUpDescribed(**{**_named(row, FollowUpDescribed), "asks": tuple(row["asks"])})


def visa_letter_fact(kind: type[V], row: Row) -> V:
    """Where a letter of invitation stands, after what `kind` names."""
    languages = tuple(row["languages"])
    return kind(**{**_named(row, kind), "letter_id": row["id"], "languages": languages})


def deadline_of(call: Row) -> Planned:
    """Until when a call takes nominations."""
    return Planned(
        local=call["deadline_local"], zone=call["deadline_zone"], instant=call["deadline_at"]
    )


def _named(row: Row, event: type[Any]) -> dict[str, Any]:
    return {name: row[name] for name in event.model_fields if name in row}
