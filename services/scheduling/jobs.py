"""Slow work of scheduling: typesetting certificates."""

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select

from shared.context import Act, Actor, Context, Outcome, Work
from shared.database import insert_new, lock_row
from shared.ids import new_id
from shared.jobs import DoJob, Job, TryAgain
from shared.refusals import NotYetKnown
from shared.tables import file

from .domain.certificate import draw_number
from .loading import found, perhaps, sessions_of, takes_part
from .names import names_by_script
from .papers import CertificatePaper, certificate_pdf, paper_language
from .tables import activity, certificate, enrolment, party, person, project
from .telling import thanks

ISSUE_CERTIFICATE = "issue-certificate"
ONLINE = MappingProxyType(
    {"ar": "عبر الإنترنت", "en": "Online", "es": "En línea", "fr": "En ligne"}
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A certificate about to be issued."""

    place: Row[Any]
    activity: Row[Any]
    family_names: list[str]
    paper: CertificatePaper


async def issue_certificate(job: Job, context: Context) -> Act | None:
    """Typeset one officer's certificate, keep it, and thank the officer."""
    async with context.database.reading() as connection:
        now = await context.clock.now(connection)
        actor = Actor(context.service, "service")
        work = Work(context, connection, actor, now, job.correlation_id)
        draft = await _draft(work, UUID(job.payload["enrolment_id"]))
    if draft is None:
        return None
    content = await asyncio.to_thread(certificate_pdf, draft.paper)
    return partial(_save, draft=draft, content=content)


async def _draft(work: Work, enrolment_id: UUID) -> Draft | None:
    place = await found(work, enrolment, enrolment_id)
    if await work.erased(place.person_id) or await _has_one(work, enrolment_id):
        return None
    officer = await perhaps(work, person, place.person_id)
    if officer is None or not officer.names:
        raise TryAgain("the officer's names are not known yet", for_ever=True)
    of_activity = await found(work, activity, place.activity_id)
    family_names = [name["family"] for name in officer.names]
    return Draft(place, of_activity, family_names, await _paper(work, place, of_activity, officer))


async def _paper(
    work: Work, place: Row[Any], of_activity: Row[Any], officer: Row[Any]
) -> CertificatePaper:
    issuer = await found(work, project, of_activity.project_id)
    held = await sessions_of(work, of_activity.id, cancelled=False)
    mine = [row for row in held if takes_part(row, place.person_id)]
    country = select(party.c.calendar_country).where(party.c.party == place.party)
    of_party = (await work.connection.execute(country)).scalar_one_or_none()
    return CertificatePaper(
        language=paper_language(officer.language),
        holder=names_by_script(officer.names),
        activity=of_activity.names,
        reference=of_activity.reference,
        first_day=of_activity.starts_on,
        last_day=of_activity.ends_on,
        place=of_activity.city or ONLINE,
        hours=_hours(mine),
        issuing_body=issuer.issuing_body or {},
        issued_on=work.now.astimezone(ZoneInfo(of_activity.zone)).date(),
        number=draw_number(),
        check_url=work.links.page("check"),
        country=officer.calendar_country or of_party,
        specimen=work.context.clock.is_story,
    )


async def _save(work: Work, *, draft: Draft, content: bytes) -> Outcome:
    place, number = draft.place, draft.paper.number
    await lock_row(work.connection, person, id=place.person_id)
    if await work.erased(place.person_id):
        return None
    kept = {
        "id": new_id(),
        "person_id": place.person_id,
        "media_type": "application/pdf",
        "name": f"certificate-{number}.pdf",
        "content": content,
        "made_at": work.now,
    }
    row = {
        "id": new_id(),
        "enrolment_id": place.id,
        "activity_id": place.activity_id,
        "person_id": place.person_id,
        "number": number,
        "family_names": draft.family_names,
        "language": draft.paper.language,
        "file_id": kept["id"],
        "issued_at": work.now,
        "revoked_at": None,
    }
    if not await insert_new(work.connection, certificate, [row]):
        return None
    await work.connection.execute(file.insert().values(kept))
    try:
        return [
            await thanks(work, draft.activity, place, await found(work, certificate, row["id"]))
        ]
    except NotYetKnown as missing:
        raise TryAgain(missing.detail, for_ever=True) from None


async def _has_one(work: Work, enrolment_id: UUID) -> bool:
    query = select(certificate.c.id).where(certificate.c.enrolment_id == enrolment_id)
    return (await work.connection.execute(query)).first() is not None


def _hours(sessions: list[Row[Any]]) -> Decimal:
    """Hours of training, to the tenth."""
    seconds = sum((row.ends_at - row.starts_at).total_seconds() for row in sessions)
    hours = (Decimal(int(seconds)) / 3600).quantize(Decimal("0.1"))
    return hours.quantize(Decimal(1)) if hours == hours.to_integral_value() else hours


JOBS: MappingProxyType[str, DoJob] = MappingProxyType({ISSUE_CERTIFICATE: issue_certificate})
