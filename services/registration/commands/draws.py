"""A lottery in the open: others add to its seed, and the draw reveals it."""

from uuid import UUID

from shared.context import Outcome, Work
from shared.contracts.registration import SelectionRunProposed
from shared.refusals import Refused
from shared.rights import require_staff

from ..bodies.lotteries import ContributeToSeed
from ..domain.lottery.draw import draw
from ..domain.run_states import RunState
from ..loading import Stored, locked_call
from ..refusals.calls import SelectionPoolHasChanged
from ..refusals.lotteries import (
    CallHasNoLottery,
    ContributionComesTooLate,
    ContributionIsMade,
    SeedIsRevealed,
)
from ..refusals.selection import RunHasMoved
from ..selecting.candidates import pool_of
from ..selecting.lotteries import require_lottery_seen
from ..selecting.panel_documents import as_document, panel_of
from ..selecting.runs import (
    locked_run,
    move_run,
    standing_run,
    told,
)
from ..selecting.seeds import contributions_to, joint_seed, latest_seed
from ..tables import lottery_contribution, lottery_seed


async def contribute(work: Work, call_id: UUID, asked: ContributeToSeed) -> Outcome:
    """Add to the seed, so that nobody alone chooses what is drawn."""
    held = await locked_call(work, call_id)
    await require_lottery_seen(work, held)
    if held["method"] != "lottery":
        return CallHasNoLottery()
    seed = await latest_seed(work, call_id)
    if seed is None or seed["revealed_at"] is not None:
        return SeedIsRevealed()
    made = await contributions_to(work, seed["id"])
    wrong = await _what_is_wrong(work, held, made)
    if wrong:
        return wrong
    row = {
        "seed_id": seed["id"],
        "number": len(made) + 1,
        "words": asked.words,
        "role": work.actor.role,
        "party": work.actor.party if work.actor.role == "focal_point" else None,
        "made_by": work.actor.login,
        "made_at": work.now,
    }
    await work.connection.execute(lottery_contribution.insert().values(**row))
    return None


async def draw_panel(work: Work, run_id: UUID) -> Outcome:
    """Reveal the seed: what is drawn follows from it, from what was added, and from what was
    published."""
    run, held = await locked_run(work, run_id)
    await require_staff(work, held["project_id"], "coordinator")
    if run["state"] != "published":
        return RunHasMoved(f"it is {run['state']}")
    if held["method"] != "lottery":
        return CallHasNoLottery()
    pool = await pool_of(work, held["id"])
    if pool.digest != run["pool_digest"]:
        return SelectionPoolHasChanged()
    seed = await latest_seed(work, held["id"])
    if seed is None or seed["revealed_at"] is not None:
        return SeedIsRevealed()
    words = [one["words"] for one in await contributions_to(work, seed["id"])]
    drawn = draw(
        run["result"]["published"].encode(), joint_seed(bytes.fromhex(seed["secret"]), words)
    )
    codes = {code: UUID(one) for one, code in run["result"]["codes"].items()}
    panel = panel_of(pool, [codes[code] for _, code in drawn])
    revealed = lottery_seed.update().where(lottery_seed.c.id == seed["id"])
    await work.connection.execute(revealed.values(revealed_at=work.now))
    result = {**run["result"], "drawn": drawn, "seed_id": str(seed["id"]), **as_document(panel)}
    proposed = await move_run(work, run, RunState.PROPOSED, result=result)
    return [await told(work, SelectionRunProposed, held, proposed)]


async def _what_is_wrong(work: Work, held: Stored, made: list[Stored]) -> Refused | None:
    if any(one["made_by"] == work.actor.login for one in made):
        return ContributionIsMade()
    run = await standing_run(work, held["id"])
    outside = work.actor.role in ("focal_point", "auditor")
    published = run is not None and run["state"] == "published"
    return ContributionComesTooLate() if published and not outside else None
