"""Reporting put together: what it listens to stands here on one screen; it has no jobs."""

from pathlib import Path

from shared.contracts import notifications as told
from shared.contracts import registration as registered
from shared.contracts import scheduling as scheduled
from shared.contracts.listeners import LISTENERS
from shared.database import Database
from shared.erasure import forget_who_was_erased
from shared.keeping import keep
from shared.messaging.reactions import Reactions, each, newest, pack
from shared.messaging.transport import Transport
from shared.outsiders import keep_outsiders
from shared.rights import keep_channels, keep_staff
from shared.service import Service, make_context
from shared.settings import Settings
from shared.web.api import make_api, take_in
from shared.web.operations import operate
from shared.web.pages import Pages

from . import handlers, tables
from .api import ROUTES
from .api.feed import make_feed
from .archive import ARCHIVED, CONSUMER, archive_facts
from .catalogue import make_catalogue
from .pages import ROUTES as PAGES

REACTIONS = Reactions(
    "reporting",
    [
        pack(ARCHIVED, archive_facts, consumer=CONSUMER),
        newest(registered.PartyDescribed, keep(tables.party)),
        newest(registered.StaffAssigned, keep_staff),
        newest(registered.ChannelAssigned, keep_channels),
        newest(registered.OutsiderDescribed, keep_outsiders),
        newest(registered.CALL_EVENTS, keep(tables.call)),
        newest(registered.NOMINATION_EVENTS, handlers.keep_nominations),
        newest(registered.SelectionConcluded, keep(tables.selection)),
        newest(registered.PARTICIPATION_EVENTS, keep(tables.past_participation)),
        each(registered.PersonErased, handlers.when_person_is_erased_confirm),
        newest(
            registered.ErasureStated, forget_who_was_erased(handlers.when_person_is_erased_confirm)
        ),
        newest(scheduled.ProjectDescribed, keep(tables.project)),
        newest(scheduled.ActivityDescribed, keep(tables.activity)),
        newest(scheduled.SESSION_EVENTS, keep(tables.session)),
        newest(scheduled.ENROLMENT_EVENTS, keep(tables.enrolment)),
        newest(scheduled.AttendanceRecorded, keep(tables.attendance)),
        each(scheduled.CertificateIssued, handlers.when_certificate_is_issued_count_it),
        each(scheduled.CertificateReplaced, handlers.when_certificate_is_issued_count_it),
        each(scheduled.CertificateRevoked, handlers.when_certificate_is_revoked_count_it),
        newest(scheduled.CertificateStated, handlers.keep_certificates),
        newest(told.MessageSettled, keep(tables.message)),
    ],
)


def build(settings: Settings, transport: Transport, database: Database) -> Service:
    """Reporting in one installation."""
    context = make_context("reporting", settings, database)
    pages = Pages(Path(__file__).parent)
    api = make_api(
        context,
        settings.issuers,
        title="Reporting",
        description="Who took part, in figures; the archive of events; the event catalogue.",
        pages=pages,
    )
    operate(api, transport, REACTIONS)
    take_in(api, *ROUTES, *PAGES)
    catalogue = make_catalogue(pages, LISTENERS)
    api.include_router(catalogue, prefix="/events")
    beside = {"/events": catalogue, "/feed": make_feed(context)}
    return Service(context, transport, REACTIONS, {}, api, beside=beside)
