"""What the page of a call shows: to coordinators everything, to a focal point its own party."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shared.context import Work

from ..loading import Stored, has_begun, known_activity, parties, several
from ..rights import parties_seen, sees_persons
from ..tables import held_seat
from .calls import CallShown, QuotaShown, SeatsShown, show_call, show_seats
from .nominations import NomineeShown, all_nominees

HOLDING = ("selected", "confirmed")


@dataclass(frozen=True)
class QuotaStanding:
    """A quota, how many nominees count towards it, and how many of them hold a seat."""

    quota: QuotaShown
    nominated: int
    holding: int

    @property
    def kept(self) -> bool:
        """Whether those who hold a seat keep it."""
        most = self.quota.maximum
        return self.quota.minimum <= self.holding and (most is None or self.holding <= most)


@dataclass(frozen=True)
class CallPage:
    """Everything on the page. `mine` are the parties the reader nominates for."""

    call: CallShown
    activity: Stored
    seats: SeatsShown
    quotas: Sequence[QuotaStanding]
    nominees: Sequence[NomineeShown]
    names: Mapping[str, Mapping[str, str]]
    held: Sequence[Sequence[Mapping[str, Any]]]
    mine: Sequence[str] | None
    selects: bool
    """Whether the reader may have the selection made now."""
    coded: bool
    """Whether the reader is shown nothing personal."""
    begun: bool
    """Whether the activity has begun: who holds a seat keeps it."""

    @property
    def nominates(self) -> bool:
        """Whether nominations are still taken from the reader."""
        return self.call.state == "open" and self.mine is not None

    def of(self, party: str) -> Sequence[NomineeShown]:
        """The nominees of one party."""
        return [one for one in self.nominees if one.party == party]


async def show_call_page(work: Work, call_id: UUID) -> CallPage:
    """The page of a call. Raises `NotFound` where the reader has no part in it."""
    call = await show_call(work, call_id)
    seen = await parties_seen(work, call.project_id)
    nominees = await all_nominees(work, call_id)
    activity = await known_activity(work, call.activity_id)
    begun = has_begun(work, activity)
    runs = work.actor.role in ("admin", "coordinator")
    return CallPage(
        call=call,
        activity=activity,
        seats=await show_seats(work, call_id),
        quotas=[_standing(quota, nominees) for quota in call.quotas],
        nominees=nominees,
        names=await party_names(work, [*call.parties, activity["country"]]),
        held=await _held(work, call_id) if seen is None else [],
        mine=None if seen is None else call.parties,
        selects=runs and call.state == "closed" and not begun,
        coded=not sees_persons(work),
        begun=begun,
    )


async def party_names(work: Work, codes: Sequence[str | None]) -> dict[str, Mapping[str, str]]:
    """Countries and bodies as our own documents call them."""
    found = await parties(work, {code for code in codes if code})
    return {code: row["names"] for code, row in found.items()}


async def _held(work: Work, call_id: UUID) -> list[Sequence[Mapping[str, Any]]]:
    query = select(held_seat).where(held_seat.c.call_id == call_id).order_by(held_seat.c.held_at)
    return [row["obstacles"] for row in await several(work, query)]


def _standing(quota: QuotaShown, nominees: Sequence[NomineeShown]) -> QuotaStanding:
    standing = [one for one in nominees if one.status not in ("withdrawn", "replaced")]
    alike: list[Any] = [one for one in standing if getattr(one, quota.dimension) == quota.value]
    return QuotaStanding(quota, len(alike), sum(one.status in HOLDING for one in alike))
