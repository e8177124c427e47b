"""A lottery as anybody concerned may check it, and the chances of those whom the caller sees."""

from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import or_, select

from shared.context import Work
from shared.web.lists import Listed, Place, listed

from ..domain.nomination import NO_LONGER_STANDING
from ..loading import Stored, by_id, first
from ..refusals.lotteries import CallHasNoLottery, ChancesAreNotTold, NothingIsPublished
from ..rights import parties_seen, sees_persons
from ..screening.untold import is_not_told_who_was_in
from ..selecting.lotteries import require_lottery_seen
from ..selecting.seeds import contributions_to, latest_seed, salt_of
from ..tables import (
    call,
    lottery_seed,
    nomination,
    selection_run,
)

PUBLISHED = ("published", "proposed", "approved", "concluded")
PLACES = 6


class ContributionShown(BaseModel):
    """What somebody added to the seed."""

    number: int
    words: str
    role: str
    party: str | None
    made_at: datetime


class DrawShown(BaseModel):
    """Everything by which a draw can be checked without us: officers stand by party and code.

    The seed that is drawn with is the one committed to; where words were added to it, the SHA-256
    of it in hexadecimal and of the words in order, each as a netstring."""

    call_id: UUID
    reference: str
    number: int
    """Which seed of the call this is; a further one where a draw was superseded."""
    commitment: str
    """SHA-256 of the seed, in hexadecimal."""
    committed_at: datetime
    contributions: list[ContributionShown]
    run_id: UUID | None
    pool_digest: str | None
    published: str | None
    """The text that is drawn from: its UTF-8 bytes count, to the last one."""
    published_digest: str | None
    published_at: datetime | None
    fairest_within: str | None
    """The least chance is as great as can be; by what part of the fairest, at most, any other is
    less than that."""
    seed: str | None
    """In hexadecimal, once it is drawn with."""
    revealed_at: datetime | None
    drawn: list[list[str]] | None
    """Party and code of each."""
    state: str | None


class ChanceShown(BaseModel):
    """The chance of one officer; `code` is the SHA-256 of code salt, party and officer reference
    as netstrings, its first 32 digits. Who stands and was not in the pool, whatever the cause, has
    no code, and the chance 0."""

    nomination_id: UUID
    party: str
    officer_reference: str | None
    code: str | None
    code_salt: str | None
    chance: str
    """As a fraction, exactly."""
    chance_in_figures: float


async def show_draw(work: Work, call_id: UUID) -> DrawShown:
    """The lottery of a call. Raises `NotFound`, `CallHasNoLottery`."""
    kept = await by_id(work, call, call_id)
    await require_lottery_seen(work, kept)
    run = await _published_run(work, call_id)
    seed = await _seed_of(work, call_id, run)
    if kept["method"] != "lottery" or seed is None:
        raise CallHasNoLottery
    untold = await is_not_told_who_was_in(work, kept["project_id"])
    result = run["result"] if run and not untold else {}
    revealed = seed["revealed_at"]
    return DrawShown(
        call_id=call_id,
        reference=kept["reference"],
        number=seed["number"],
        commitment=seed["commitment"],
        committed_at=seed["committed_at"],
        contributions=[
            ContributionShown(**one) for one in await contributions_to(work, seed["id"])
        ],
        run_id=run["id"] if run else None,
        pool_digest=run["pool_digest"] if run and not untold else None,
        published=result.get("published"),
        published_digest=result.get("published_digest"),
        published_at=run["computed_at"] if run else None,
        fairest_within=result.get("within"),
        seed=seed["secret"] if revealed else None,
        revealed_at=revealed,
        drawn=result.get("drawn") if revealed else None,
        state=run["state"] if run else None,
    )


async def list_chances(work: Work, call_id: UUID, place: Place) -> Listed[ChanceShown]:
    """By party and its own order; a focal point sees those of its own officers. Raises
    `ChancesAreNotTold` for one whose nominees are screened."""
    kept = await by_id(work, call, call_id)
    await require_lottery_seen(work, kept)
    run = await _published_run(work, call_id)
    if run is None:
        raise NothingIsPublished
    if await is_not_told_who_was_in(work, kept["project_id"]):
        raise ChancesAreNotTold
    seed = await _seed_of(work, call_id, run)
    salt = seed["salt"] if seed else None
    seen = await parties_seen(work, kept["project_id"])
    mine = nomination.c.call_id == call_id
    drawn_from = nomination.c.id.in_([UUID(one) for one in run["result"]["codes"]])
    mine &= or_(drawn_from, nomination.c.status.not_in(NO_LONGER_STANDING))
    if seen is not None:
        mine &= nomination.c.party.in_(seen)
    order = [nomination.c.party, nomination.c.priority, nomination.c.id]
    personal = sees_persons(work)
    return await listed(
        work.connection,
        select(nomination).where(mine),
        place,
        order=order,
        show=lambda row: _chance(run["result"], salt if personal else None, row, personal=personal),
    )


async def _published_run(work: Work, call_id: UUID) -> Stored | None:
    mine = (selection_run.c.call_id == call_id) & selection_run.c.state.in_(PUBLISHED)
    lottery = mine & (selection_run.c.method == "lottery")
    newest = select(selection_run).where(lottery).order_by(selection_run.c.number.desc())
    return await first(work, newest.limit(1))


async def _seed_of(work: Work, call_id: UUID, run: Stored | None) -> Stored | None:
    """The one a run was drawn with, else the one that the next draw uses."""
    drawn_with = run["result"].get("seed_id") if run else None
    if drawn_with is None:
        return await latest_seed(work, call_id)
    return await by_id(work, lottery_seed, UUID(drawn_with))


def _chance(result: Stored, salt: str | None, row: Any, *, personal: bool) -> ChanceShown:
    code = result["codes"].get(str(row.id))
    chance = Fraction(result["chances"].get(str(row.id), 0))
    code_salt = None
    if code is not None and salt is not None and row.officer_reference is not None:
        code_salt = salt_of(salt, row.party, row.officer_reference)
    return ChanceShown(
        nomination_id=row.id,
        party=row.party,
        officer_reference=row.officer_reference if personal else None,
        code=code,
        code_salt=code_salt,
        chance=str(chance),
        chance_in_figures=round(float(chance), PLACES),
    )
