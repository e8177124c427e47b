"""Typesets certificates, keeps them, and tells whoever they are for."""

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select

from shared.context import Act, Context, Outcome, Work
from shared.database import lock_row
from shared.ids import new_id
from shared.jobs import Job, TryAgain
from shared.papers.paper_number import draw_number
from shared.refusals import NotYetKnown
from shared.tables import file

from ..certificates import certificate_id
from ..loading import found, perhaps, sessions_of, takes_part
from ..names import names_by_script
from ..papers import CertificatePaper, certificate_pdf, paper_language
from ..tables import activity, certificate, enrolment, party, person, project
from ..telling import ready_certificate

ONLINE = MappingProxyType(
    {"ar": "عبر الإنترنت", "en": "Online", "es": "En línea", "fr": "En ligne"}
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A certificate about to be issued, for one completion of a place."""

    place: Row[Any]
    issue: int
    activity: Row[Any]
    family_names: list[str]
    paper: CertificatePaper


async def issue_certificate(job: Job, context: Context) -> Act | None:
    """Typeset one officer's certificate, keep it, and thank the officer."""
    async with context.database.reading() as connection:
        now = await context.clock.now(connection)
        work = Work(context, connection, context.itself, now, job.correlation_id)
        draft = await _draft(work, UUID(job.payload["enrolment_id"]), job.payload["issue"])
    if draft is None:
        return None
    content = await asyncio.to_thread(certificate_pdf, draft.paper)
    return partial(_save, draft=draft, content=content)


async def _draft(work: Work, enrolment_id: UUID, issue: int) -> Draft | None:
    place = await found(work, enrolment, enrolment_id)
    if not await _is_due(work, place, issue):
        return None
    officer = await perhaps(work, person, place.person_id)
    if officer is None or not officer.names:
        raise TryAgain("the officer's names are not known yet", for_ever=True)
    of_activity = await found(work, activity, place.activity_id)
    family_names = [name["family"] for name in officer.names]
    paper = await _paper(work, place, of_activity, officer)
    return Draft(place, issue, of_activity, family_names, paper)


async def _is_due(work: Work, place: Row[Any], issue: int) -> bool:
    """The completion stands, has no certificate yet, and the officer was not erased."""
    if place.status != "completed" or place.completions != issue:
        return False
    if await work.erased(place.person_id):
        return False
    return await perhaps(work, certificate, certificate_id(place.id, issue)) is None


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
    await lock_row(work.connection, activity, id=draft.activity.id)
    await lock_row(work.connection, person, id=draft.place.person_id)
    place = await found(work, enrolment, draft.place.id)
    if not await _is_due(work, place, draft.issue):
        return None
    kept, row = _rows(work, draft, content)
    await work.connection.execute(file.insert().values(kept))
    await work.connection.execute(certificate.insert().values(row))
    issued = await found(work, certificate, row["id"])
    try:
        return [await ready_certificate(work, draft.activity, place, issued)]
    except NotYetKnown as missing:
        raise TryAgain(missing.detail, for_ever=True) from None


def _rows(work: Work, draft: Draft, content: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    place, number = draft.place, draft.paper.number
    kept = {
        "id": new_id(),
        "person_id": place.person_id,
        "media_type": "application/pdf",
        "name": f"certificate-{number}.pdf",
        "content": content,
        "made_at": work.now,
    }
    return kept, {
        "id": certificate_id(place.id, draft.issue),
        "enrolment_id": place.id,
        "issue": draft.issue,
        "activity_id": place.activity_id,
        "person_id": place.person_id,
        "number": number,
        "family_names": draft.family_names,
        "language": draft.paper.language,
        "file_id": kept["id"],
        "issued_at": work.now,
        "revoked_at": None,
    }


def _hours(sessions: list[Row[Any]]) -> Decimal:
    """Hours of training, to the tenth."""
    seconds = sum((row.ends_at - row.starts_at).total_seconds() for row in sessions)
    hours = (Decimal(int(seconds)) / 3600).quantize(Decimal("0.1"))
    return hours.quantize(Decimal(1)) if hours == hours.to_integral_value() else hours
