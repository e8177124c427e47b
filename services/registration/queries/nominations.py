"""Nominations as they are shown: coded in answers to commands, with names in lists."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Select, select

from shared.context import Work
from shared.contracts.registration import PersonName
from shared.web.lists import Listed, Place, listed, place_before

from ..domain.reasons import Code
from ..domain.screening import standing, told_to_party
from ..loading import by_id
from ..personal import BLANK
from ..rights import is_of_a_party, parties_seen, require_party_seen, sees_persons
from ..screening.standing import days_of, said
from ..screening.untold import is_not_told_who_was_in
from ..tables import (
    activity,
    call,
    nomination,
    offer,
    person,
    project_screening,
    screening,
)

NOT_SELECTED = ("waitlisted", "not_selected")
"""Where the reason for not being selected still says why a nomination stands so."""
SCREENED = (
    project_screening.c.asked_for,
    *(screening.c[name] for name in ("state", "valid_from", "valid_until")),
    *(activity.c[name] for name in ("starts_on", "ends_on")),
)
ORDER = (nomination.c.party, nomination.c.priority, nomination.c.id)


class DeclarationShown(BaseModel):
    """Which version of the declaration the officer signed, and when."""

    version: str
    signed_on: date


class ReasonShown(BaseModel):
    """Why an officer was not selected: a code, and what of the officer it speaks of."""

    code: str
    dimension: str | None = None
    chance: str | None = None
    """In a lottery, as a fraction."""


class NominationShown(BaseModel):
    """A nomination without anything personal, as it is answered and stored."""

    id: UUID
    call_id: UUID
    activity_id: UUID
    person_id: UUID
    party: str
    sex: str
    unit: str
    rank_band: str | None
    specialisms: list[str]
    languages: list[str]
    declaration: DeclarationShown | None
    priority: int
    status: str
    late: bool
    submitted_at: datetime
    confirmed_at: datetime | None
    reason_code: str | None
    """Why it stands so, as a code."""
    outcome_reason: list[ReasonShown] | None
    """Why it was not selected; several hold together. Where nominees are screened, a party reads
    `not-told` of all of them."""
    version: int


class NomineeShown(NominationShown):
    """A nomination with its officer, to the party and the coordinators; to auditors with nothing
    personal in it."""

    officer_reference: str | None
    names: list[PersonName]
    serving_since: date | None
    unit_name: str | None
    rank_title: str | None
    contact_directly: bool
    answer_by: datetime | None = None
    disclosed_at: datetime | None = None
    """Since when who is written to knows of the open offer; none: not yet, or there is none."""
    screening: str | None = None
    """Where its screening stands, where the project asks for one: to coordinators; the party only
    reads that it is pending, or else that this is not available."""
    answered_by_focal_point: bool = False
    """Whether an offer waits for an answer that the focal point gives for the officer."""


async def show_nomination(work: Work, nomination_id: UUID) -> NominationShown:
    """One nomination. Raises `NotFound` for another party's."""
    kept = await by_id(work, nomination, nomination_id)
    await require_party_seen(work, kept["project_id"], kept["party"])
    untold = await is_not_told_who_was_in(work, kept["project_id"])
    return NominationShown(**_as_it_stands(kept, untold=untold))


async def show_nominee(work: Work, nomination_id: UUID) -> NomineeShown:
    """One nomination with its officer. Raises `NotFound` for another party's."""
    kept = await by_id(work, nomination, nomination_id)
    await require_party_seen(work, kept["project_id"], kept["party"])
    return (await nominees_by_id(work, kept["call_id"], [nomination_id]))[nomination_id]


async def show_replacement(work: Work, replaced_id: UUID) -> NominationShown:
    """The nomination that took the seat of another."""
    left = select(offer.c.id).where(offer.c.nomination_id == replaced_id)
    taken = select(offer.c.nomination_id).where(offer.c.replaces_offer_id.in_(left))
    return await show_nomination(work, (await work.connection.execute(taken)).scalar_one())


async def list_nominees(work: Work, call_id: UUID, place: Place) -> Listed[NomineeShown]:
    """The nominees of a call, by party and its own order; a focal point sees its own."""
    query, show = await _query(work, call_id), partial(_nominee, work)
    return await listed(work.connection, query, place, order=ORDER, show=show)


async def nominees_before(work: Work, call_id: UUID, place: Place) -> str | None:
    """Where the page of nominees before this one starts; None: at the beginning."""
    return await place_before(work.connection, await _query(work, call_id), place, order=ORDER)


async def nominees_by_id(
    work: Work, call_id: UUID, nomination_ids: Collection[UUID]
) -> Mapping[UUID, NomineeShown]:
    """Some nominees of a call."""
    query = (await _query(work, call_id)).where(nomination.c.id.in_(nomination_ids))
    shown = [_nominee(work, row) for row in await work.connection.execute(query)]
    return {one.id: one for one in shown}


async def all_nominees(work: Work, call_id: UUID) -> Sequence[NomineeShown]:
    """Every nominee the caller may see, for a page or a file."""
    query = await _query(work, call_id)
    return [_nominee(work, row) for row in await work.connection.execute(query.order_by(*ORDER))]


async def _query(work: Work, call_id: UUID) -> Select[Any]:
    kept = await by_id(work, call, call_id)
    seen = await parties_seen(work, kept["project_id"])
    live = (offer.c.nomination_id == nomination.c.id) & (offer.c.state == "live")
    query = (
        select(
            nomination,
            person.c.names,
            person.c.unit_name,
            person.c.rank_title,
            person.c.contact_directly,
            offer.c.answer_by,
            offer.c.disclosed_at,
            offer.c.recipient_id,
            *SCREENED,
        )
        .join(person, person.c.id == nomination.c.person_id)
        .outerjoin(project_screening, project_screening.c.project_id == nomination.c.project_id)
        .outerjoin(screening, screening.c.nomination_id == nomination.c.id)
        .outerjoin(activity, activity.c.id == nomination.c.activity_id)
        .outerjoin(offer, live)
        .where(nomination.c.call_id == call_id)
    )
    return query if seen is None else query.where(nomination.c.party.in_(seen))


def _nominee(work: Work, row: Any) -> NomineeShown:
    untold = row.asked_for is not None and is_of_a_party(work)
    found = _as_it_stands(dict(row._mapping), untold=untold)
    if not sees_persons(work):
        found |= BLANK
    through = found["recipient_id"] not in (None, found["person_id"])
    return NomineeShown(**found, answered_by_focal_point=through, screening=_screening(work, found))


def _screening(work: Work, found: Mapping[str, Any]) -> str | None:
    """Nothing of it for auditors, who read numbers; for a party, no more than it may be told."""
    told = said(found) if found["state"] else None
    asked_for = bool(found["asked_for"]) and found["starts_on"] is not None
    if not asked_for or not sees_persons(work):
        return None
    where = standing(told, days_of(found), asked_for=True)
    return where if work.actor.role in ("admin", "coordinator") else told_to_party(where)


def _as_it_stands(row: dict[str, Any], *, untold: bool) -> dict[str, Any]:
    """Who has been given a seat since is not told any more why they had none; who must not learn
    who could be given one reads the same of everybody else."""
    if row["status"] not in NOT_SELECTED:
        return {**row, "outcome_reason": None}
    return {**row, "outcome_reason": [{"code": Code.NOT_TOLD}]} if untold else row
