"""What other systems said of an officer, and what waits here, goes when the officer is erased."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select

from shared.context import Work
from shared.contracts import EXTERNAL
from shared.contracts.ingress import IngressEventRefused
from shared.refusals import Refused
from shared.tables import deferred, outbox

from .ids import refuse_for_good
from .letters import officer_in, restored


class OfficerIsForgotten(Refused):
    """The officer was erased before it could be carried out."""

    title = "The officer it names is not kept here any more"


@dataclass(frozen=True, slots=True)
class Called:
    """By what an officer is known to others: to one system, or in all that is said for a party."""

    reference: str
    outsider: str | None = None
    party: str | None = None

    def is_named_in(self, letter: dict[str, Any]) -> bool:
        """Whether a claim, as it is kept, is about this officer."""
        data = letter["data"]
        return (
            officer_in(data) == self.reference
            and self.outsider in (None, letter["outsider"])
            and self.party in (None, data.get("party"))
        )


async def forget_letters(work: Work, called: Collection[Called]) -> list[IngressEventRefused]:
    """Drop what waits to be carried out or sent on, whatever for; the answers to who sent it."""
    answers: list[IngressEventRefused] = []
    for table in (deferred, outbox):
        answers += await _forget_in(work, table, called) if called else []
    return answers


async def _forget_in(
    work: Work, table: Table, called: Collection[Called]
) -> list[IngressEventRefused]:
    (key,) = table.primary_key.columns
    query = select(key, table.c.body).where(table.c.type.in_(EXTERNAL)).order_by(key)
    if table is deferred:
        query = query.where(deferred.c.source != "")  # of nobody: it may be anything
    answers = []
    for identity, body in (await work.connection.execute(query)).all():
        if any(one.is_named_in(json.loads(body)) for one in called):
            await work.connection.execute(table.delete().where(key == identity))
            claim = restored(body)
            if claim:
                answers.append(await refuse_for_good(work, claim, OfficerIsForgotten()))
    return answers
