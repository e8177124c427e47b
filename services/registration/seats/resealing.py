"""After a change of the key: what a former one sealed is counted, and sealed by the present one."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from sqlalchemy import Column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.context import Actor, Audited, Context, Work
from shared.ids import new_id
from shared.sealing import SealDoesNotOpen

from ..tables import follow_up_answer, visa_letter
from . import follow_up_data, visa_letters

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """A table in whose column `sealed` something is sealed for a purpose, under its key."""

    purpose: str
    key: Column[UUID]


WHAT_IS_SEALED = (
    Kept(follow_up_data.PURPOSE, follow_up_answer.c.nomination_id),
    Kept(visa_letters.PURPOSE, visa_letter.c.id),
)


@dataclass
class Sealed:
    """What is sealed, by the key that opens it."""

    present: int = 0
    former: dict[Kept, list[UUID]] = field(default_factory=dict)
    lost: int = 0
    """They open by no key that is here."""

    @property
    def by_former(self) -> int:
        """How many open by a former key alone."""
        return sum(map(len, self.former.values()))

    @property
    def number(self) -> int:
        """How many there are."""
        return self.present + self.by_former + self.lost


async def look_at_seals(context: Context) -> Sealed:
    """Open each; nothing is kept of what it says."""
    found = Sealed()
    async with context.database.reading() as connection:
        for kept in WHAT_IS_SEALED:
            seals = context.links.seals(kept.purpose)
            async for identity, sealed in _all(connection, kept):
                try:
                    if seals.is_by_former_key(identity, sealed):
                        found.former.setdefault(kept, []).append(identity)
                    else:
                        found.present += 1
                except SealDoesNotOpen:
                    found.lost += 1
    return found


async def reseal(context: Context, actor: Actor) -> str:
    """Seal with the present key what a former one sealed, some in a transaction; what was done."""
    found = await look_at_seals(context)
    correlation_id = str(new_id())
    for kept, ids in found.former.items():
        for start in range(0, len(ids), AT_ONCE):
            await context.commit(
                partial(_reseal, kept=kept, ids=ids[start : start + AT_ONCE]),
                actor=actor,
                correlation_id=correlation_id,
                audited=Audited("reseal", kept.purpose),
            )
    lost = f", {found.lost} do not open by any key that is here" if found.lost else ""
    return f"{found.by_former} sealed anew{lost}"


async def _all(connection: AsyncConnection, kept: Kept) -> AsyncIterator[tuple[UUID, bytes]]:
    """Some at a time, however many there are."""
    sealed = kept.key.table.c.sealed
    some = select(kept.key, sealed).where(sealed.is_not(None)).order_by(kept.key).limit(AT_ONCE)
    page = (await connection.execute(some)).all()
    while page:
        for identity, content in page:
            yield identity, content
        page = (await connection.execute(some.where(kept.key > page[-1][0]))).all()


async def _reseal(work: Work, *, kept: Kept, ids: Sequence[UUID]) -> None:
    seals, sealed = work.links.seals(kept.purpose), kept.key.table.c.sealed
    query = select(kept.key, sealed).where(kept.key.in_(ids), sealed.is_not(None))
    held = query.order_by(kept.key).with_for_update()
    for identity, content in (await work.connection.execute(held)).all():
        anew = {"sealed": seals.seal(identity, seals.open(identity, content))}
        mine = kept.key.table.update().where(kept.key == identity)
        await work.connection.execute(mine.values(**anew))
