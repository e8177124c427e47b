"""What another system calls officers and activities of ours (admin)."""

from uuid import UUID

from sqlalchemy import select

from shared.context import Outcome, Work
from shared.database import lock_row
from shared.ids import new_id
from shared.outsiders import alias, outsider, release_named
from shared.refusals import NotFound, Refused
from shared.rights import require_role

from ..bodies.outsiders import DescribeAlias
from ..facts import alias_described
from ..loading import (
    Stored,
    by_id,
    first,
    known_activity,
    required,
)
from ..refusals.outsiders import AliasDoesNotFit, AliasExists, OutsiderIsRemoved
from ..refusals.people import PersonIsNotRegistered
from ..tables import person


async def describe_alias(work: Work, code: str, asked: DescribeAlias) -> Outcome:
    """Say whom or what a system means by a reference; what was held for that is tried again.

    One reference keeps one id: withdrawn and described anew, it is the same alias, so that no order
    of arrival mixes the two."""
    await require_role(work)
    wrong = await _wrong(work, await _held(work, code), asked)
    if wrong:
        return wrong
    kept = await named_so(work, code, asked.kind, asked.reference)
    if kept and kept["meant_id"] is not None:
        return AliasExists()
    row = {
        "id": kept["id"] if kept else new_id(),
        "outsider": code,
        **asked.model_dump(),
        "sequence": kept["sequence"] + 1 if kept else 1,
    }
    await _save(work, row)
    await release_named(work, code, asked.kind, asked.reference)
    return [alias_described(row)]


async def withdraw_alias(work: Work, code: str, alias_id: UUID) -> Outcome:
    """A reference stands for nobody any more."""
    await require_role(work)
    await _held(work, code)
    kept = await by_id(work, alias, alias_id)
    if kept["outsider"] != code:
        return NotFound()
    if kept["meant_id"] is None:
        return None
    row = {**kept, "meant_id": None, "sequence": kept["sequence"] + 1}
    await _save(work, row)
    return [alias_described(row)]


async def named_so(work: Work, code: str, kind: str, reference: str) -> Stored | None:
    """The alias of a reference, withdrawn or not."""
    mine = (alias.c.outsider == code) & (alias.c.kind == kind) & (alias.c.reference == reference)
    return await first(work, select(alias).where(mine))


async def _held(work: Work, code: str) -> Stored:
    """The system, held until the transaction ends. Raises `NotFound`."""
    await lock_row(work.connection, outsider, code=code)
    return await required(work, select(outsider).where(outsider.c.code == code))


async def _wrong(work: Work, system: Stored, asked: DescribeAlias) -> Refused | None:
    if system["state"] == "removed":
        return OutsiderIsRemoved()
    if asked.party not in system["parties"]:
        return AliasDoesNotFit("The system does not speak for this party.")
    if asked.kind == "activity":
        await known_activity(work, asked.meant_id)
        return None
    await lock_row(work.connection, person, id=asked.meant_id)
    meant = await first(work, select(person).where(person.c.id == asked.meant_id))
    if meant is None or meant["erased_at"] is not None:
        return PersonIsNotRegistered()
    return None if meant["party"] == asked.party else AliasDoesNotFit("Another party's officer.")


async def _save(work: Work, row: Stored) -> None:
    if row["sequence"] == 1:
        await work.connection.execute(alias.insert().values(**row))
    else:
        await work.connection.execute(alias.update().where(alias.c.id == row["id"]).values(**row))
