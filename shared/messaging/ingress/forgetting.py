"""What other systems said of an officer, and what waits here, goes when the officer is erased."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select

from shared.context import Work
from shared.contracts import EXTERNAL
from shared.contracts.ingress import IngressEventRefused
from shared.messaging.reactions import INGRESS
from shared.refusals import Refused
from shared.tables import deferred, outbox

from .ids import refuse_for_good
from .letters import NOBODY, officer_in, restored


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

    def may_be_named_in(self, body: bytes) -> bool:
        """Whether what nobody we know sent may be about this officer: no system is known here, so
        that anybody is meant who is called so."""
        try:
            document = json.loads(body)
        except ValueError:
            return False
        if not isinstance(document, dict):
            return False
        data = document.get("data", document)  # in binary mode the body is the data
        if not isinstance(data, dict) or officer_in(data) != self.reference:
            return False
        return self.party in (None, data.get("party"))


async def forget_letters(work: Work, called: Collection[Called]) -> list[IngressEventRefused]:
    """Drop what waits to be carried out or sent on, whatever for; the answers to who sent it."""
    answers: list[IngressEventRefused] = []
    for table in (deferred, outbox) if called else ():
        answers += await _forget_in(work, table, called)
    if called:
        await _forget_of_nobody(work, called)
    return answers


async def _forget_of_nobody(work: Work, called: Collection[Called]) -> None:
    nobodys = (deferred.c.consumer == INGRESS) & (deferred.c.source == NOBODY)
    query = select(deferred.c.id, deferred.c.body).where(nobodys)
    for identity, body in (await work.connection.execute(query)).all():
        if any(one.may_be_named_in(body) for one in called):
            await work.connection.execute(deferred.delete().where(deferred.c.id == identity))


async def _forget_in(
    work: Work, table: Table, called: Collection[Called]
) -> list[IngressEventRefused]:
    (key,) = table.primary_key.columns
    query = select(key, table.c.body).where(table.c.type.in_(EXTERNAL)).order_by(key)
    if table is deferred:
        query = query.where(deferred.c.source != NOBODY)  # it may be anything
    answers = []
    for identity, body in (await work.connection.execute(query)).all():
        if any(one.is_named_in(json.loads(body)) for one in called):
            await work.connection.execute(table.delete().where(key == identity))
            claim = restored(body)
            if claim:
                answers.append(await refuse_for_good(work, claim, OfficerIsForgotten()))
    return answers
