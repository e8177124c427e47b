"""An offer as it stands behind its link: what, where, when, and how it was answered."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from shared.context import Work
from shared.contracts.event import Language
from shared.contracts.registration import PersonName

from ..loading import (
    Stored,
    by_id,
    known_activity,
    parties,
    persons,
)
from ..seats.offers import PURPOSE
from ..tables import call, nomination, offer


class OfferShown(BaseModel):
    """What the holder of the link sees."""

    offer_id: UUID
    state: str
    ended: str | None
    """Why it is neither open nor answered: expired, withdrawn, replaced, call_ended."""
    reference: str
    names: dict[str, str]
    kind: str
    delivery: str
    starts_on: date
    ends_on: date
    city: dict[str, str]
    country: str | None
    country_names: dict[str, dict[str, str]]
    officer: list[PersonName]
    through_focal_point: bool
    language: Language
    answer_by: datetime
    zone: str


async def show_offer(work: Work, code: str) -> OfferShown:
    """The offer of a link. Raises `LinkIsNotValid`, `LinkHasExpired`, `NotFound`."""
    kept = await by_id(work, offer, work.links.check(PURPOSE, code, work.now))
    held = await by_id(work, call, kept["call_id"])
    activity = await known_activity(work, held["activity_id"])
    known = await persons(work, [kept["person_id"], kept["recipient_id"]])
    named = await parties(work, [activity["country"]] if activity["country"] else [])
    language = known[kept["recipient_id"]]["language"]
    return OfferShown(
        offer_id=kept["id"],
        state=kept["state"],
        ended=await _how_it_ended(work, kept, held),
        reference=held["reference"],
        names=activity["names"],
        kind=activity["kind"],
        delivery=activity["delivery"],
        starts_on=activity["starts_on"],
        ends_on=activity["ends_on"],
        city=activity["city"],
        country=activity["country"],
        country_names={code: row["names"] for code, row in named.items()},
        officer=[PersonName(**name) for name in known[kept["person_id"]]["names"]],
        through_focal_point=kept["recipient_id"] != kept["person_id"],
        language=language,
        answer_by=kept["answer_local"],
        zone=kept["answer_zone"],
    )


async def _how_it_ended(work: Work, kept: Stored, held: Stored) -> str | None:
    if kept["state"] == "expired":
        return "expired"
    if kept["state"] != "cancelled":
        return None
    if held["ended_at"] is not None:
        return "call_ended"
    status: str = (await by_id(work, nomination, kept["nomination_id"]))["status"]
    return status
