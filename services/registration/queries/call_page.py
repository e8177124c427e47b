"""What the page of a call shows: to coordinators everything, to a focal point its own party."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.context import Work
from shared.web.lists import Listed, Place

from ..calls.deadlines import cut_off_has_passed
from ..calls.wanted import Wanted, wanted_by
from ..domain.nomination import NominationState, holds_a_seat
from ..loading import (
    Stored,
    by_id,
    has_begun,
    known_activity,
    parties,
)
from ..rights import parties_seen, sees_persons
from ..tables import call as calls
from .calls import (
    CallShown,
    SeatsShown,
    show_call,
    show_seats,
)
from .held_seats import (
    HeldSeatShown,
    SeatDecisionShown,
    list_held_seats,
    list_seat_decisions,
)
from .matters import Matters, show_matters
from .nominations import (
    NomineeShown,
    list_nominees,
    nominees_before,
    nominees_by_id,
)
from .quota_standings import QuotaStanding, quota_standings
from .waiting_list import first_waiting

NOMINEES = 50
MOST_WAITING = 200
SEATS = Place(limit=100, after=None)


@dataclass(frozen=True)
class HeldSeats:
    """The seats that wait for a decision, what was decided, and the next on the waiting list."""

    seats: Sequence[HeldSeatShown] = ()
    decisions: Sequence[SeatDecisionShown] = ()
    waiting: Sequence[NomineeShown] = ()
    given_to: Mapping[UUID, NomineeShown] | None = None

    @property
    def are_found_quickly(self) -> bool:
        """Whether so few wait that the page need not be asked for the ways out."""
        return len(self.waiting) < MOST_WAITING


@dataclass(frozen=True)
class CallPage:
    """Everything on the page. `mine` are the parties the reader nominates for."""

    call: CallShown
    activity: Stored
    seats: SeatsShown
    quotas: Sequence[QuotaStanding]
    nominees: Listed[NomineeShown]
    after: str | None
    """After whom this page of nominees begins; None: with the first."""
    before: str | None
    """After whom the page before it begins."""
    names: Mapping[str, Mapping[str, str]]
    held: HeldSeats
    mine: Sequence[str] | None
    runs: bool
    """Whether the reader decides about this call."""
    coded: bool
    """Whether the reader is shown nothing personal."""
    begun: bool
    """Whether the activity has begun: who holds a seat keeps it."""
    cut_off: bool
    """Whether who holds a seat gives it back only by asking."""
    matters: Matters
    wanted: Wanted
    """What the call looks at in an officer."""

    @property
    def selects(self) -> bool:
        """Whether the reader may have the selection made now."""
        return self.runs and self.call.state == "closed" and not self.begun

    @property
    def nominates(self) -> bool:
        """Whether nominations are still taken from the reader."""
        return self.call.state == "open" and self.mine is not None

    def must_ask(self, one: NomineeShown) -> bool:
        """Whether the seat of a nominee is given back only by asking for it."""
        return self.cut_off and holds_a_seat(NominationState(one.status))

    def has_asked(self, one: NomineeShown) -> bool:
        """Whether a change of the nomination waits for a decision."""
        return any(
            change.nomination_id == one.id and change.state == "open"
            for change in self.matters.changes
        )

    def of(self, party: str) -> Sequence[NomineeShown]:
        """The nominees of one party on this page."""
        return [one for one in self.nominees.items if one.party == party]


async def show_call_page(work: Work, call_id: UUID, after: str | None = None) -> CallPage:
    """The page of a call. Raises `NotFound` where the reader has no part in it, and
    `PlaceIsNotValid`."""
    call = await show_call(work, call_id)
    kept = await by_id(work, calls, call_id)
    seen = await parties_seen(work, call.project_id)
    activity = await known_activity(work, call.activity_id)
    place = Place(limit=NOMINEES, after=after)
    return CallPage(
        call=call,
        activity=activity,
        seats=await show_seats(work, call_id),
        quotas=await quota_standings(work, call_id, call.quotas, seen),
        nominees=await list_nominees(work, call_id, place),
        after=after,
        before=await nominees_before(work, call_id, place),
        names=await party_names(work, [*call.parties, activity["country"]]),
        held=await _held_seats(work, call) if seen is None else HeldSeats(),
        mine=None if seen is None else call.parties,
        runs=work.actor.role in ("admin", "coordinator"),
        coded=not sees_persons(work),
        begun=has_begun(work, activity),
        cut_off=cut_off_has_passed(work, kept),
        matters=await show_matters(work, call_id),
        wanted=Wanted() if seen is None else await wanted_by(work, kept),
    )


async def party_names(work: Work, codes: Sequence[str | None]) -> dict[str, Mapping[str, str]]:
    """Countries and bodies as our own documents call them."""
    found = await parties(work, {code for code in codes if code})
    return {code: row["names"] for code, row in found.items()}


async def _held_seats(work: Work, call: CallShown) -> HeldSeats:
    seats = (await list_held_seats(work, call.id, SEATS)).items
    decisions = (await list_seat_decisions(work, call.id, SEATS)).items
    next_ones = await first_waiting(work, call.id, MOST_WAITING) if seats else ()
    given = [one.nomination_id for one in decisions if one.nomination_id]
    shown = await nominees_by_id(work, call.id, [*next_ones, *given])
    return HeldSeats(seats, decisions, [shown[one] for one in next_ones], shown)
