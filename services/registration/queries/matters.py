"""What of a call waits for somebody beside its seats: returns, changes asked for, other runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.context import Work
from shared.web.lists import Place

from .changes import ChangeInFull, list_changes
from .nominations import NomineeShown, nominees_by_id
from .other_runs import RunOfferShown, list_run_offers
from .returns import ReturnShown, list_returns

MOST = Place(limit=100, after=None)


@dataclass(frozen=True)
class Matters:
    """Returns that are open, changes asked for and other runs offered, and whom they are about."""

    returns: Sequence[ReturnShown]
    changes: Sequence[ChangeInFull]
    runs: Sequence[RunOfferShown]
    nominees: Mapping[UUID, NomineeShown]


async def show_matters(work: Work, call_id: UUID) -> Matters:
    """As far as the reader may see them."""
    returns = (await list_returns(work, call_id, MOST)).items
    changes = (await list_changes(work, call_id, MOST)).items
    runs = (await list_run_offers(work, call_id, MOST)).items
    named = {one.nomination_id for one in returns} | {one.nomination_id for one in changes}
    named |= {one.nomination_id for one in runs}
    return Matters(
        returns=[one for one in returns if one.outcome == "open"],
        changes=changes,
        runs=runs,
        nominees=await nominees_by_id(work, call_id, named) if named else {},
    )
