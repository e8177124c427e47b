"""Which certificates officers hold, as scheduling tells of them, and which are valid on a day."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.contracts import Fact
from shared.contracts.scheduling import CertificateRevoked, CertificateState, CertificateStated
from shared.database import insert_new

from ..domain.conditions import Conditions
from ..loading import several
from ..tables import activity, certificate
from .took_part import of_the_living


async def when_certificate_is_issued_or_revoked_note_it(
    work: Work, fact: Fact[CertificateState]
) -> None:
    """Each: once revoked it stays so, whichever was heard first."""
    if await of_the_living(work, [fact]):
        await _note(work, fact.event, revoked=isinstance(fact.event, CertificateRevoked))


async def keep_certificates(work: Work, facts: Sequence[Fact[CertificateStated]]) -> None:
    """Newest: certificates of the time before we listened."""
    for fact in await of_the_living(work, facts):
        await _note(work, fact.event, revoked=fact.event.revoked)


async def valid_certificates(
    work: Work, rules: Conditions, person_ids: Collection[UUID]
) -> Mapping[UUID, frozenset[str]]:
    """The certificate that the rules ask for, with each who holds it still on the first day; it is
    valid for the years asked, from the last day of its activity."""
    if rules.certificate is None or rules.first_day is None:
        return {}
    query = (
        select(certificate.c.person_id, activity.c.reference, activity.c.ends_on)
        .join(activity, activity.c.id == certificate.c.activity_id)
        .where(certificate.c.person_id.in_(person_ids), ~certificate.c.revoked)
    )
    held: dict[UUID, set[str]] = defaultdict(set)
    for row in await several(work, query):
        if _is_valid(row["ends_on"], rules.certificate_years, rules.first_day):
            held[row["person_id"]].add(row["reference"].upper())
    return {person_id: frozenset(codes) for person_id, codes in held.items()}


def _is_valid(since: date, years: int | None, on: date) -> bool:
    if years is None:
        return True
    return (on.year - years, on.month, on.day) <= (since.year, since.month, since.day)


async def _note(work: Work, said: CertificateState, *, revoked: bool) -> None:
    row = {
        "id": said.certificate_id,
        "person_id": said.person_id,
        "activity_id": said.activity_id,
        "revoked": revoked,
    }
    if not await insert_new(work.connection, certificate, [row]) and revoked:
        mine = certificate.update().where(certificate.c.id == said.certificate_id)
        await work.connection.execute(mine.values(revoked=True))
