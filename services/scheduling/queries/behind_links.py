"""What the pages behind signed links show: one officer's place, or one certificate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from shared.context import Work
from shared.contracts.event import Language
from shared.links import LinkIsNotValid
from shared.refusals import NotYetKnown
from shared.tables import file

from ..loading import found, perhaps, sessions_of, takes_part, venues_by_id
from ..refusals import CertificateIsRevoked, PlaceIsCancelled
from ..tables import activity, certificate, enrolment, person
from ..telling import Recipient, recipient_for
from .timetable import Line, timetable


@dataclass(frozen=True, slots=True)
class Reader:
    """Who a link was written to: the language, and the officer's reference for a focal point."""

    language: Language
    officer_reference: str | None


@dataclass(frozen=True, slots=True)
class JoiningPage:
    """Everything an officer needs to come, and to come on time."""

    activity: Row[Any]
    place: Row[Any]
    reader: Reader
    lines: Sequence[Line]
    venues: Sequence[Row[Any]]


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """A certificate and what it is for."""

    activity: Row[Any]
    certificate: Row[Any]
    reader: Reader

    @property
    def is_revoked(self) -> bool:
        """It no longer stands: only that is shown of it."""
        return self.certificate.revoked_at is not None

    @property
    def issued_on(self) -> date:
        """The day of issue where the activity was held, as printed on the paper."""
        day: date = self.certificate.issued_at.astimezone(ZoneInfo(self.activity.zone)).date()
        return day


async def read_joining_page(work: Work, code: str) -> JoiningPage:
    """The place a code stands for. Raises `LinkIsNotValid`, `LinkHasExpired` or
    `PlaceIsCancelled`."""
    place = await perhaps(work, enrolment, work.links.check("joining", code, work.now))
    if place is None or await work.erased(place.person_id):
        raise LinkIsNotValid
    if place.status == "cancelled":
        raise PlaceIsCancelled
    of_activity = await found(work, activity, place.activity_id)
    sessions = await sessions_of(work, of_activity.id)
    mine = [row for row in sessions if takes_part(row, place.person_id)]
    lines = await timetable(work, mine)
    venues = list((await venues_by_id(work, mine)).values())
    return JoiningPage(of_activity, place, await _reader(work, of_activity, place), lines, venues)


async def read_certificate_page(work: Work, code: str) -> CertificatePage:
    """The certificate a code stands for, revoked ones too. Raises `LinkIsNotValid`,
    `LinkHasExpired`."""
    identity = work.links.check("certificate", code, work.now)
    row = await perhaps(work, certificate, identity)
    if row is None or row.file_id is None:
        raise LinkIsNotValid
    of_activity = await found(work, activity, row.activity_id)
    place = await found(work, enrolment, row.enrolment_id)
    return CertificatePage(of_activity, row, await _reader(work, of_activity, place))


async def read_certificate_file(work: Work, code: str) -> Row[Any]:
    """The paper itself, to be kept. Raises `CertificateIsRevoked` as well."""
    page = await read_certificate_page(work, code)
    if page.is_revoked:
        raise CertificateIsRevoked
    return await found(work, file, page.certificate.file_id)


async def _reader(work: Work, of_activity: Row[Any], place: Row[Any]) -> Reader:
    try:
        recipient = await recipient_for(work, of_activity, place)
    except NotYetKnown:
        recipient = Recipient(place.person_id, None)
    addressee = await perhaps(work, person, recipient.person_id)
    language: Language = addressee.language if addressee else "en"
    return Reader(language, recipient.officer_reference)
