"""The minutes of a run, gathered: coded, for coordinators, auditors and who chairs the board."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from shared.context import Work

from ..board.loading import Board, board_of, has_board
from ..calls.quotas import quotas_of
from ..domain.board import in_points
from ..domain.quotas import PARTY, Quota, count_within
from ..loading import (
    Stored,
    by_id,
    nominations_of,
    parties,
)
from ..papers.minutes import (
    BoardListed,
    Minutes,
    NomineeListed,
    OverrideListed,
    QuotaCounted,
    QuotaMissed,
    ReviewerListed,
)
from ..personal import BLANK
from ..refusals.selection import RunHasMoved
from ..rights import sees_persons
from ..selecting.candidates import FIRST_TIME, candidate
from ..selecting.panel_documents import chosen_ids
from ..selecting.runs import overrides_of
from ..selecting.seeds import contributions_to
from ..tables import call, lottery_seed, selection_run
from .selection_runs import require_run_seen

DIGITS_OF_A_PERSON = 8
PartiesNamed = Mapping[str, Mapping[str, str]]


async def minutes_of(work: Work, run_id: UUID, language: str) -> Minutes:
    """Raises `NotFound` for who may not see the run, `RunHasMoved` where nothing was proposed."""
    run = await by_id(work, selection_run, run_id)
    await require_run_seen(work, run)
    if run["computed_at"] is None or not (run["result"] or {}).get("chosen"):
        raise RunHasMoved(f"it is {run['state']}")
    held = await by_id(work, call, run["call_id"])
    overrides = await overrides_of(work, run_id)
    pool = await _pool(work, run)
    chosen = chosen_ids(run, overrides)
    board = await board_of(work, held["id"]) if await has_board(work, held["id"]) else None
    quotas = await quotas_of(work, held["id"])
    named = await _parties_named(work, quotas)
    concluded = run["state"] == "concluded"
    return Minutes(
        language=language,
        zone=held["deadline_zone"],
        reference=held["reference"],
        deadline=held["deadline_at"],
        seats=held["seats"],
        method=run["method"],
        run=run["number"],
        state=run["state"],
        nominated=len(pool),
        women=sum(row["sex"] == "female" for row in pool.values()),
        parties=len({row["party"] for row in pool.values()}),
        chosen=len(chosen),
        quotas=_quotas(run, quotas, named, pool, chosen),
        board=None if board is None else _board(board, pool),
        nominees=_nominees(board, pool, chosen),
        overrides=[_override(pool, one, named) for one in overrides],
        computed_at=run["computed_at"],
        proposed_by=_person(run["made_by"]),
        approved_by=_person(run["approved_by"]) if run["approved_by"] else None,
        approved_at=run["approved_at"],
        concluded_at=run["ended_at"] if concluded else None,
        draw=await _draw(work, run),
        pool_digest=run["pool_digest"],
    )


async def _pool(work: Work, run: Stored) -> dict[UUID, Stored]:
    """Those whom the run was about, wherever they stand now."""
    result = run["result"]
    ids = [UUID(one) for one in (*result["chosen"], *result["waiting"])]
    rows = {row["id"]: row for row in await nominations_of(work, run["call_id"])}
    hidden = {} if sees_persons(work) else BLANK
    return {one: {**rows[one], **hidden} for one in ids if one in rows}


async def _draw(work: Work, run: Stored) -> list[tuple[str, str]]:
    """What a lottery was drawn with, by which it can be checked."""
    result = run["result"]
    if "seed_id" not in result:
        return []
    seed = await by_id(work, lottery_seed, UUID(result["seed_id"]))
    words = [one["words"] for one in await contributions_to(work, seed["id"])]
    within = result.get("within")
    return [
        *([("fairest_within", within)] if within else []),
        ("commitment", seed["commitment"]),
        ("published", result["published_digest"]),
        ("seed", seed["secret"]),
        *(("contribution", one) for one in words),
    ]


async def _parties_named(work: Work, quotas: Sequence[Quota]) -> PartiesNamed:
    known = await parties(work, [one.value for one in quotas if one.dimension == PARTY])
    return {code: row["names"] for code, row in known.items()}


def _quotas(
    run: Stored,
    quotas: Sequence[Quota],
    named: PartiesNamed,
    pool: Mapping[UUID, Stored],
    chosen: frozenset[UUID],
) -> list[QuotaCounted]:
    new = {UUID(one) for one in run["result"].get(FIRST_TIME, ())}
    everybody = [candidate(row, first_time=one in new) for one, row in pool.items()]
    panel = [one for one in everybody if one.nomination_id in chosen]
    return [
        QuotaCounted(
            dimension=one.dimension,
            value=one.value,
            names=_names(one.dimension, one.value, named),
            minimum=one.minimum,
            maximum=one.maximum,
            nominated=count_within(one, everybody),
            chosen=count_within(one, panel),
        )
        for one in quotas
    ]


def _missed(listed: str, named: PartiesNamed) -> QuotaMissed:
    """A bound as a change lists it: dimension, value and which bound, with dots between."""
    dimension, _, rest = listed.partition(".")
    value, _, bound = rest.rpartition(".")
    return QuotaMissed(dimension, value, _names(dimension, value, named), bound)


def _names(dimension: str, value: str, named: PartiesNamed) -> Mapping[str, str]:
    """Of a party; the other groups are words of the paper."""
    return named.get(value, {}) if dimension == PARTY else {}


def _nominees(
    board: Board | None, pool: Mapping[UUID, Stored], chosen: frozenset[UUID]
) -> list[NomineeListed]:
    """All where a board has scored them, else those who are chosen."""
    return [
        NomineeListed(_reference(row), row["priority"], _scores(board, row), row["id"] in chosen)
        for row in sorted(pool.values(), key=lambda row: (row["party"], row["priority"]))
        if board is not None or row["id"] in chosen
    ]


def _scores(board: Board | None, row: Stored) -> Sequence[Decimal | None]:
    """The mean of each reviewer whose scores count, and the board's."""
    if board is None:
        return ()
    counted = board.counted(row["id"])
    means = [_mean(board, counted.get(one["id"])) for one in board.reviewers]
    return [*means, None if row["score"] is None else in_points(row["score"], board.weights)]


def _mean(board: Board, given: Mapping[str, int] | None) -> Decimal | None:
    if given is None:
        return None
    total = sum(weight * given[code] for code, weight in board.weights.items())
    return (Decimal(total) / sum(board.weights.values())).quantize(Decimal("0.01"))


def _board(board: Board, pool: Mapping[UUID, Stored]) -> BoardListed:
    numbers = {one["id"]: one["number"] for one in board.reviewers}
    conflicts = [
        (numbers[reviewer], _reference(pool[nomination]), grounds)
        for (reviewer, nomination), grounds in board.conflicts.items()
        if reviewer in numbers and nomination in pool
    ]
    return BoardListed(
        reviewers=[
            ReviewerListed(one["number"], one["chairs"], one["submitted_at"] is not None)
            for one in board.reviewers
        ],
        criteria=[(one["names"], one["weight"]) for one in board.criteria],
        conflicts=sorted(conflicts),
    )


def _override(pool: Mapping[UUID, Stored], one: Stored, named: PartiesNamed) -> OverrideListed:
    leaves, comes = pool.get(one["leaves_id"]), pool.get(one["comes_id"])
    return OverrideListed(
        number=one["number"],
        leaves=_reference(leaves) if leaves else None,
        comes=_reference(comes) if comes else None,
        missed=[_missed(bound, named) for bound in one["missed"]],
        reason=one["reason"] or "–",
        by=_person(one["made_by"]),
        at=one["made_at"],
    )


def _reference(row: Stored) -> str:
    """By party and its own reference, which an erased officer has no more and no auditor reads."""
    return f"{row['party']} {row['officer_reference'] or '–'}"


def _person(login: str) -> str:
    return login[:DIGITS_OF_A_PERSON]
