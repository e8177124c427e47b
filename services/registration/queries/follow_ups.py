"""Details asked of officers with a seat: whether they are there, and to whom they are shown."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import func, select

from shared.context import Audited, Work, record
from shared.contracts.event import Language
from shared.contracts.registration import PersonName
from shared.web.lists import Listed, Place, listed

from ..bodies.follow_ups import FillFollowUp
from ..loading import (
    Stored,
    by_id,
    known_activity,
    persons,
    required,
    several,
)
from ..rights import parties_seen, require_party_seen
from ..seats.follow_up_data import PURPOSE, details_of
from ..tables import call, follow_up


class FollowUpShown(BaseModel):
    """What was asked of an officer, and whether it is there: asked, complete, or ended."""

    nomination_id: UUID
    party: str
    asks: list[str]
    state: str
    through_focal_point: bool
    asked_at: datetime
    answer_by: datetime
    completed_at: datetime | None
    visa_letter: str | None
    """`needed`, `issued` or `void`; none where no letter is needed, or that is not said yet."""
    version: int


class FollowUpInFull(FollowUpShown):
    """The same with the details, for coordinators, and for the focal point who fills them in."""

    details: FillFollowUp | None


class FollowUpFigures(BaseModel):
    """Of how many officers details were asked, and how many are complete."""

    call_id: UUID
    asked: int
    complete: int


class FollowUpForm(BaseModel):
    """What the holder of the link sees; nothing of what was told before."""

    nomination_id: UUID
    asks: list[str]
    state: str
    reference: str
    names: dict[str, str]
    starts_on: date
    ends_on: date
    officer: list[PersonName]
    through_focal_point: bool
    language: Language
    answer_by: datetime
    zone: str


async def show_follow_up(work: Work, nomination_id: UUID) -> FollowUpShown:
    """What was asked of one officer. Raises `NotFound` for another party's."""
    kept = await _asked_of(work, nomination_id)
    await require_party_seen(work, kept["project_id"], kept["party"])
    return FollowUpShown(**_shown(kept))


async def show_details(work: Work, nomination_id: UUID) -> FollowUpInFull:
    """The details too, to whom they are for, on record. Raises `NotFound`, `SealDoesNotOpen`."""
    kept = await _asked_of(work, nomination_id)
    await require_party_seen(work, kept["project_id"], kept["party"])
    through = kept["recipient_id"] != kept["person_id"]
    role = work.actor.role
    sees = role in ("admin", "coordinator") or (role == "focal_point" and through)
    details = await details_of(work, nomination_id) if sees else None
    if details:
        await record(work, Audited("read-follow-up", f"nomination/{nomination_id}"), "done")
    return FollowUpInFull(**_shown(kept), details=details)


async def list_follow_ups(work: Work, call_id: UUID, place: Place) -> Listed[FollowUpShown]:
    """What was asked in a call, without details; a focal point sees its own."""
    kept = await by_id(work, call, call_id)
    seen = await parties_seen(work, kept["project_id"])
    query = select(follow_up).where(follow_up.c.call_id == call_id)
    if seen is not None:
        query = query.where(follow_up.c.party.in_(seen))
    return await listed(
        work.connection,
        query,
        place,
        order=(follow_up.c.party, follow_up.c.nomination_id),
        show=lambda row: FollowUpShown(**_shown(dict(row._mapping))),
    )


async def show_figures(work: Work, call_id: UUID) -> FollowUpFigures:
    """How far the officers of a call have come; to a focal point those of its party."""
    kept = await by_id(work, call, call_id)
    seen = await parties_seen(work, kept["project_id"])
    mine = (follow_up.c.call_id == call_id) & (follow_up.c.state != "ended")
    if seen is not None:
        mine &= follow_up.c.party.in_(seen)
    number = func.count().label("number")
    by_state = select(follow_up.c.state, number).where(mine).group_by(follow_up.c.state)
    counts = {row["state"]: row["number"] for row in await several(work, by_state)}
    return FollowUpFigures(
        call_id=call_id, asked=sum(counts.values()), complete=counts.get("complete", 0)
    )


async def show_form(work: Work, code: str) -> FollowUpForm:
    """The form behind a link. Raises `LinkIsNotValid`, `LinkHasExpired`, `NotFound`."""
    kept = await _asked_of(work, work.links.check(PURPOSE, code, work.now))
    held = await by_id(work, call, kept["call_id"])
    activity = await known_activity(work, kept["activity_id"])
    known = await persons(work, [kept["person_id"], kept["recipient_id"]])
    return FollowUpForm(
        **{name: kept[name] for name in ("nomination_id", "asks", "state")},
        reference=held["reference"],
        names=activity["names"],
        starts_on=activity["starts_on"],
        ends_on=activity["ends_on"],
        officer=[PersonName(**name) for name in known[kept["person_id"]]["names"]],
        through_focal_point=kept["recipient_id"] != kept["person_id"],
        language=known[kept["recipient_id"]]["language"],
        answer_by=kept["answer_local"],
        zone=kept["answer_zone"],
    )


async def _asked_of(work: Work, nomination_id: UUID) -> Stored:
    mine = follow_up.c.nomination_id == nomination_id
    return await required(work, select(follow_up).where(mine))


def _shown(row: Stored) -> Stored:
    return {**row, "through_focal_point": row["recipient_id"] != row["person_id"]}
