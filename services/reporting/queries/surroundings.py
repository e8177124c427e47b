"""What stands around the counting of officers: calls, selections, certificates, deliveries."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Integer, Select, cast, func, select, union

from shared.context import Work
from shared.rights import Parties, channel

from ..shown import CallFigures, CertificateFigures, DeliveryFigures, SelectionFigures
from ..tables import activity, call, certificate, message, nomination, selection


async def calls_of(work: Work, activities: Sequence[UUID]) -> tuple[CallFigures, frozenset[str]]:
    """Seats in all, and the parties invited."""
    query = select(call).where(call.c.activity_id.in_(activities))
    rows = (await work.connection.execute(query)).all()
    invited = frozenset(party for row in rows for party in row.parties)
    figures = CallFigures(
        calls=len(rows),
        ended=sum(row.ended_at is not None for row in rows),
        seats=sum(row.seats for row in rows),
        minimum_seats=sum(row.minimum_seats or 0 for row in rows),
    )
    return figures, invited


async def selections_of(work: Work, activities: Sequence[UUID]) -> list[SelectionFigures]:
    """Each selection as it was concluded."""
    query = (
        select(selection, activity.c.reference)
        .join(activity, activity.c.id == selection.c.activity_id)
        .where(activity.c.id.in_(activities))
    )
    in_order = (activity.c.starts_on, activity.c.reference, selection.c.call_id)
    rows = await work.connection.execute(query.order_by(*in_order))
    return [SelectionFigures.model_validate(row, from_attributes=True) for row in rows]


async def certificates_of(
    work: Work, activities: Sequence[UUID], parties: Parties
) -> CertificateFigures:
    """How many were issued, and how many of them revoked."""
    both = certificate.c.issued & certificate.c.revoked
    query = select(
        func.coalesce(func.sum(cast(certificate.c.issued, Integer)), 0).label("issued"),
        func.coalesce(func.sum(cast(both, Integer)), 0).label("revoked"),
    ).where(certificate.c.activity_id.in_(activities))
    if parties is not None:
        query = query.where(certificate.c.party.in_(parties))
    row = (await work.connection.execute(query)).one()
    return CertificateFigures(issued=row.issued, revoked=row.revoked)


async def deliveries_of(
    work: Work, project_id: UUID, activities: Sequence[UUID], parties: Parties
) -> list[DeliveryFigures]:
    """Messages about these activities, by kind, channel and how they ended."""
    columns = (message.c.message, message.c.channel, message.c.status)
    query = select(*columns, func.count().label("messages"))
    query = query.where(message.c.activity_id.in_(activities))
    if parties is not None:
        readers = _readers(project_id, activities, parties)
        query = query.where(message.c.person_id.in_(readers))
    rows = await work.connection.execute(query.group_by(*columns).order_by(*columns))
    return [DeliveryFigures.model_validate(row, from_attributes=True) for row in rows]


def _readers(
    project_id: UUID, activities: Sequence[UUID], parties: Collection[str]
) -> Select[tuple[UUID]]:
    """A party's own officers and focal points: whose messages its focal point may count."""
    own = channel.c.party.in_(parties) & (channel.c.project_id == project_id)
    nominated = nomination.c.party.in_(parties)
    persons = union(
        select(nomination.c.person_id).where(nominated, nomination.c.activity_id.in_(activities)),
        select(channel.c.holder_id.label("person_id")).where(own),
        select(channel.c.deputy_id.label("person_id")).where(own, channel.c.deputy_id.is_not(None)),
    ).subquery()
    return select(persons.c.person_id)
