"""Calls as they are shown: to a focal point with its own party's figures only."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.sql import ColumnElement

from shared.context import Work
from shared.refusals import NotFound
from shared.rights import Parties
from shared.web.lists import Listed, Place, listed

from ..calls.conditions import conditions_from
from ..domain.conditions import Conditions
from ..domain.eligibility import RULES
from ..loading import Stored, by_id, several
from ..rights import parties_seen, projects_seen
from ..seats.freed import seats_left_unused
from ..tables import (
    call,
    call_quota,
    held_seat,
    nomination,
    offer,
)

SeenProjects = Mapping[UUID, Parties] | None
"""By project the parties whose records are seen; None means every project."""
Say = Callable[[str], str]
"""Says words in the reader's language."""
BETWEEN_COORDINATORS = {"below_minimum_at": None, "viability": None}


class QuotaShown(BaseModel):
    """A bound on the seats of one group."""

    dimension: str
    value: str
    minimum: int
    maximum: int | None


class TimeShown(BaseModel):
    """A planned time."""

    local: datetime
    zone: str
    instant: datetime


class RuleShown(BaseModel):
    """A rule that every nomination is held to: what it asks in words, in codes and figures."""

    name: str
    reason: str
    asks: dict[str, Any]


class CallShown(BaseModel):
    """A call for nominations."""

    id: UUID
    activity_id: UUID
    project_id: UUID
    reference: str
    seats: int
    minimum_seats: int | None
    decide_on: date | None
    """The day on which a call below its minimum is put to the coordinators."""
    below_minimum_at: datetime | None
    """Since when the call is known to be below its minimum."""
    viability: str | None
    """`go` or `no_go`, once a coordinator has decided."""
    ended_at: datetime | None
    method: str
    disclosure_hours: int
    """How long after the focal points the officers are told that a seat is theirs."""
    parties: list[str]
    quotas: list[QuotaShown]
    rules: list[RuleShown]
    deadline: TimeShown
    answer_working_days: int
    takes_late: bool
    """Whether nominations are taken after the deadline; they come after all that were in time."""
    late_until: date | None
    withdraw_until: date | None
    follow_up: list[str] | None
    """Which details are asked of who has a seat."""
    follow_up_until: date | None
    costs: dict[str, str] | None
    """Who bears which costs: the organiser, the party or the officer."""
    state: str
    opened_at: datetime
    selected_at: datetime | None
    pool_digest: str | None
    version: int


class SeatsShown(BaseModel):
    """How the seats of a call stand, in numbers."""

    call_id: UUID
    seats: int
    nominated: int
    selected: int
    waitlisted: int
    offered: int
    confirmed: int
    declined: int
    expired: int
    withdrawn: int
    replaced: int
    returned: int
    ineligible: int
    not_selected: int
    held: int
    unused: int
    """Held seats that a coordinator decided to give to nobody."""


async def show_call(work: Work, call_id: UUID, say: Say = str) -> CallShown:
    """One call, its rules in a language. Raises `NotFound` where the caller has no part in it."""
    kept = await by_id(work, call, call_id)
    seen = await parties_seen(work, kept["project_id"])
    shown = _shown(work, kept, await _quotas(work, [call_id]), seen, say)
    if not shown.parties:
        raise NotFound
    return shown


async def list_calls(work: Work, place: Place, say: Say = str) -> Listed[CallShown]:
    """The calls of the caller's projects; a focal point sees those that invite its party."""
    seen = await projects_seen(work)
    page: Listed[Stored] = await listed(
        work.connection,
        _calls(seen),
        place,
        order=[call.c.id],
        show=lambda row: dict(row._mapping),
    )
    return Listed[CallShown](items=await _all_shown(work, page.items, seen, say), next=page.next)


async def latest_calls(work: Work, limit: int) -> list[CallShown]:
    """The same calls, those opened last first."""
    seen = await projects_seen(work)
    newest = _calls(seen).order_by(call.c.opened_at.desc(), call.c.id.desc()).limit(limit)
    return await _all_shown(work, await several(work, newest), seen)


async def show_seats(work: Work, call_id: UUID) -> SeatsShown:
    """The seats of a call in numbers; to a focal point those of its party."""
    kept = await by_id(work, call, call_id)
    seen = await parties_seen(work, kept["project_id"])
    mine = nomination.c.call_id == call_id
    if seen is not None:
        mine &= nomination.c.party.in_(seen)
    number = func.count().label("number")
    by_status = select(nomination.c.status, number).where(mine).group_by(nomination.c.status)
    counts = {row["status"]: row["number"] for row in await several(work, by_status)}
    given = select(nomination.c.id).where(mine)
    initial = offer.c.replaces_offer_id.is_(None) & (offer.c.offered_at == kept["selected_at"])
    initial &= offer.c.nomination_id.in_(given)
    held = select(held_seat.c.offer_id).where(held_seat.c.call_id == call_id)
    return SeatsShown(
        call_id=call_id,
        seats=kept["seats"],
        nominated=sum(counts.values()),
        selected=await _count(work, select(offer.c.id).where(initial)),
        offered=counts.get("selected", 0),
        held=await _count(work, held) if seen is None else 0,
        unused=len(await seats_left_unused(work, call_id)) if seen is None else 0,
        **{name: counts.get(name, 0) for name in _COUNTED},
    )


async def _count(work: Work, query: Select[Any]) -> int:
    number = select(func.count()).select_from(query.subquery())
    return int((await work.connection.execute(number)).scalar_one())


_COUNTED = (
    *("waitlisted", "confirmed", "declined", "expired", "withdrawn", "replaced"),
    *("returned", "ineligible", "not_selected"),
)


def _calls(seen: SeenProjects) -> Select[Any]:
    query = select(call)
    if seen is None:
        return query
    return query.where(or_(false(), *[_visible(one, seen[one]) for one in seen]))


def _visible(project_id: UUID, seen: Parties) -> ColumnElement[bool]:
    mine: ColumnElement[bool] = call.c.project_id == project_id
    if seen is None:
        return mine
    invited = select(call_quota.c.call_id).where(
        call_quota.c.dimension == "party", call_quota.c.value.in_(seen)
    )
    return mine & call.c.id.in_(invited)


async def _all_shown(
    work: Work, rows: Sequence[Stored], seen: SeenProjects, say: Say = str
) -> list[CallShown]:
    quotas = await _quotas(work, [row["id"] for row in rows])
    return [
        _shown(work, row, quotas, None if seen is None else seen[row["project_id"]], say)
        for row in rows
    ]


async def _quotas(work: Work, call_ids: list[UUID]) -> list[Stored]:
    query = select(call_quota).where(call_quota.c.call_id.in_(call_ids))
    return await several(work, query.order_by(call_quota.c.dimension, call_quota.c.value))


def _shown(work: Work, row: Stored, quotas: list[Stored], seen: Parties, say: Say) -> CallShown:
    mine = [
        one
        for one in quotas
        if one["call_id"] == row["id"]
        and (seen is None or one["dimension"] != "party" or one["value"] in seen)
    ]
    for_coordinators = BETWEEN_COORDINATORS if seen is not None else {}
    return CallShown(
        **{**row, **for_coordinators},
        parties=[one["value"] for one in mine if one["dimension"] == "party"],
        quotas=[QuotaShown(**one) for one in mine],
        rules=_rules(conditions_from(row, mine, None), say),
        deadline=TimeShown(
            local=row["deadline_local"], zone=row["deadline_zone"], instant=row["deadline_at"]
        ),
        state=_state(work, row),
    )


def _rules(asked: Conditions, say: Say) -> list[RuleShown]:
    """The rules by which a call asks something."""
    asks = {rule: rule.asks(asked) for rule in RULES}
    return [
        RuleShown(name=rule.name, reason=say(rule.reason), asks=dict(told))
        for rule, told in asks.items()
        if told
    ]


def _state(work: Work, row: Stored) -> str:
    if row["ended_at"] is not None:
        return "ended"
    if row["selected_at"] is not None:
        return "selected"
    return "open" if work.now <= row["deadline_at"] else "closed"
