"""What registration can state anew for a consumer that comes later."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, select

from shared.announcing import Kind, rows_of, told_by_row
from shared.context import Work
from shared.contracts import Event
from shared.contracts.registration import (
    AliasStated,
    CallQuota,
    CallStated,
    ChannelStated,
    ErasureStated,
    NominationStated,
    OutsiderStated,
    ParticipationStated,
    PartyStated,
    PersonDetailsChanged,
    PersonErased,
    PersonStated,
    SelectionStated,
    StaffStated,
)
from shared.outsiders import alias, outsider
from shared.rights import channel, staff_assignment

from .facts import (
    alias_described,
    call_opened,
    channel_assigned,
    nomination_fact,
    outsider_described,
    participation_fact,
    party_described,
    person_details,
    selection_concluded,
    staff_assigned,
)
from .loading import parties, persons, several
from .tables import (
    call,
    call_quota,
    nomination,
    offer,
    participation,
    party,
    person,
    selection,
)


async def tell_persons(work: Work, person_ids: Sequence[UUID]) -> list[PersonDetailsChanged]:
    """Nothing of who is erased; an erasure waits until this is staged, and purges it then."""
    living = select(person).where(person.c.id.in_(person_ids), person.c.erased_at.is_(None))
    held = living.order_by(person.c.id).with_for_update(read=True, key_share=True)
    rows = await several(work, held)
    known = await parties(work, {row["party"] for row in rows if row["party"]})
    return [
        person_details(row, known[row["party"]]["calendar_country"] if row["party"] else None)
        for row in rows
    ]


async def tell_erasures(work: Work, person_ids: Sequence[UUID]) -> list[PersonErased]:
    """Who was erased, for whoever has missed it."""
    gone = select(person.c.id).where(person.c.id.in_(person_ids), person.c.erased_at.is_not(None))
    rows = await several(work, gone.order_by(person.c.id))
    return [PersonErased(person_id=row["id"]) for row in rows]


async def tell_calls(work: Work, call_ids: Sequence[UUID]) -> list[Event]:
    """Calls with their quotas."""
    rows = await rows_of(work, call.c.id, call_ids)
    quotas: dict[UUID, list[CallQuota]] = {row.id: [] for row in rows}
    query = select(call_quota).where(call_quota.c.call_id.in_(list(quotas)))
    for one in await several(work, query):
        quotas[one["call_id"]].append(CallQuota.model_validate(one))
    return [call_opened(dict(row._mapping), quotas[row.id]) for row in rows]


async def tell_nominations(work: Work, ids: Sequence[UUID]) -> list[Event]:
    """Nominations, and whether they were ever selected, which not every later state shows."""
    offered = select(offer.c.nomination_id).where(offer.c.nomination_id.in_(ids)).distinct()
    selected = {row["nomination_id"] for row in await several(work, offered)}
    rows = await rows_of(work, nomination.c.id, ids)
    return [
        nomination_fact(NominationStated, {**row._mapping, "was_selected": row.id in selected})
        for row in rows
    ]


async def tell_selections(work: Work, call_ids: Sequence[UUID]) -> list[Event]:
    """Selections in numbers, with what their calls say of them."""
    calls = {row.id: dict(row._mapping) for row in await rows_of(work, call.c.id, call_ids)}
    rows = await rows_of(work, selection.c.call_id, call_ids)
    return [selection_concluded(calls[row.call_id], dict(row._mapping)) for row in rows]


async def tell_participations(work: Work, ids: Sequence[UUID]) -> list[Event]:
    """Imported ones, with what is coded of their officers; scheduling states its own."""
    rows = [dict(row._mapping) for row in await rows_of(work, participation.c.id, ids)]
    imported = [row for row in rows if row["source"] == "import"]
    officers = await persons(work, {row["person_id"] for row in imported})
    return [
        participation_fact(ParticipationStated, row, officers[row["person_id"]]) for row in imported
    ]


def _told(
    stated: type[Event], key: Column[Any], describe: Callable[[Mapping[str, Any]], Event]
) -> Kind:
    return told_by_row(stated, key, lambda row: describe(dict(row._mapping)))


KINDS = (
    _told(PartyStated, party.c.code, party_described),
    Kind(PersonStated, person.c.id, tell_persons),
    Kind(ErasureStated, person.c.id, tell_erasures),
    _told(StaffStated, staff_assignment.c.id, staff_assigned),
    _told(ChannelStated, channel.c.id, channel_assigned),
    Kind(CallStated, call.c.id, tell_calls),
    Kind(NominationStated, nomination.c.id, tell_nominations),
    Kind(ParticipationStated, participation.c.id, tell_participations),
    Kind(SelectionStated, selection.c.call_id, tell_selections),
    _told(OutsiderStated, outsider.c.code, outsider_described),
    _told(AliasStated, alias.c.id, alias_described),
)
