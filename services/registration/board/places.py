"""Who is on a board: only persons who can sign in and nominate for nobody in the project."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select

from shared.context import Work
from shared.ids import new_id
from shared.refusals import Fault
from shared.rights import channel, holds_today

from ..bodies.boards import ReviewerNamed
from ..loading import Stored, persons, several
from ..tables import board_reviewer


async def who_can_not_review(
    work: Work, project_id: UUID, named: Sequence[ReviewerNamed]
) -> list[Fault]:
    """By their places in what was sent."""
    ids = [one.person_id for one in named]
    known = await persons(work, ids)
    points = await _focal_points(work, project_id, ids)
    faults: list[Fault] = []
    for place, one in enumerate(named):
        path, kept = f"reviewers.{place}.person_id", known.get(one.person_id)
        if kept is None or kept["erased_at"] is not None:
            faults.append(Fault(path, "not-registered", "there is no such person"))
        elif kept["subject"] is None:
            faults.append(Fault(path, "can-not-sign-in", "the person has no sign-in"))
        elif one.person_id in points:
            faults.append(Fault(path, "nominates", "the person nominates for a party"))
    return faults


async def appoint(work: Work, call_id: UUID, named: Sequence[ReviewerNamed]) -> list[Stored]:
    """Have these, and nobody else, on the board; those who were not on it before."""
    query = select(board_reviewer).where(board_reviewer.c.call_id == call_id)
    known = {row["person_id"]: row for row in await several(work, query)}
    new: list[Stored] = []
    number = len(known)
    for one in named:
        kept = known.pop(one.person_id, None)
        if kept is None:
            number += 1
            kept = _row(work, call_id, one, number)
            await work.connection.execute(board_reviewer.insert().values(**kept))
            new.append(kept)
        else:
            await _change(work, kept, chairs=one.chairs, left_at=None)
            new += [kept] if kept["left_at"] else []
    for kept in known.values():
        await _change(work, kept, left_at=kept["left_at"] or work.now, submitted_at=None)
    return new


def _row(work: Work, call_id: UUID, named: ReviewerNamed, number: int) -> Stored:
    return {
        "id": new_id(),
        "call_id": call_id,
        "person_id": named.person_id,
        "number": number,
        "chairs": named.chairs,
        "appointed_at": work.now,
        "submitted_at": None,
        "left_at": None,
    }


async def _change(work: Work, kept: Stored, **values: object) -> None:
    mine = board_reviewer.c.id == kept["id"]
    await work.connection.execute(board_reviewer.update().where(mine).values(**values))


async def _focal_points(work: Work, project_id: UUID, ids: Sequence[UUID]) -> set[UUID]:
    theirs = or_(channel.c.holder_id.in_(ids), channel.c.deputy_id.in_(ids))
    mine = (channel.c.project_id == project_id) & theirs & holds_today(work, channel)
    rows = await several(work, select(channel).where(mine))
    return {row[name] for row in rows for name in ("holder_id", "deputy_id")}
