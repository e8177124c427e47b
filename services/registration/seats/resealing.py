"""After a change of the key: what a former one sealed is counted, and sealed by the present one."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.context import Actor, Audited, Context, Work
from shared.ids import new_id
from shared.sealing import SealDoesNotOpen

from ..tables import follow_up_answer
from .follow_up_data import PURPOSE

AT_ONCE = 500


@dataclass
class Sealed:
    """The details of officers by the key that opens them."""

    present: int = 0
    former: list[UUID] = field(default_factory=list)
    """Of which nominations."""
    lost: int = 0
    """They open by no key that is here."""


async def look_at_seals(context: Context) -> Sealed:
    """Open each; nothing is kept of what it says."""
    seals, found = context.links.seals(PURPOSE), Sealed()
    async with context.database.reading() as connection:
        async for nomination_id, sealed in _all(connection):
            try:
                if seals.is_by_former_key(nomination_id, sealed):
                    found.former.append(nomination_id)
                else:
                    found.present += 1
            except SealDoesNotOpen:
                found.lost += 1
    return found


async def reseal(context: Context, actor: Actor) -> str:
    """Seal with the present key what a former one sealed, some in a transaction; what was done."""
    found = await look_at_seals(context)
    correlation_id = str(new_id())
    for start in range(0, len(found.former), AT_ONCE):
        await context.commit(
            partial(_reseal, nomination_ids=found.former[start : start + AT_ONCE]),
            actor=actor,
            correlation_id=correlation_id,
            audited=Audited("reseal", PURPOSE),
        )
    lost = f", {found.lost} do not open by any key that is here" if found.lost else ""
    return f"{len(found.former)} sealed anew{lost}"


async def _all(connection: AsyncConnection) -> AsyncIterator[tuple[UUID, bytes]]:
    """Some at a time, however many there are."""
    theirs = follow_up_answer.c.nomination_id
    some = select(theirs, follow_up_answer.c.sealed).order_by(theirs).limit(AT_ONCE)
    page = (await connection.execute(some)).all()
    while page:
        for row in page:
            yield row.nomination_id, row.sealed
        page = (await connection.execute(some.where(theirs > row.nomination_id))).all()


async def _reseal(work: Work, nomination_ids: Sequence[UUID]) -> None:
    seals, theirs = work.links.seals(PURPOSE), follow_up_answer.c.nomination_id
    query = select(theirs, follow_up_answer.c.sealed).where(theirs.in_(nomination_ids))
    for row in await work.connection.execute(query.order_by(theirs).with_for_update()):
        anew = seals.seal(row.nomination_id, seals.open(row.nomination_id, row.sealed))
        mine = follow_up_answer.update().where(theirs == row.nomination_id)
        await work.connection.execute(mine.values(sealed=anew))
