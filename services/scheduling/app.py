"""Scheduling put together: what it reacts to, the work it does, its HTTP."""

from pathlib import Path

from shared.contracts.external import ExternalAttendanceRecorded, ExternalCompletionReported
from shared.contracts.registration import (
    NOMINATION_EVENTS,
    AliasDescribed,
    CallEnded,
    CallStated,
    ChannelAssigned,
    ErasureStated,
    OutsiderDescribed,
    PartyDescribed,
    PersonDetailsChanged,
    PersonErased,
    StaffAssigned,
)
from shared.database import Database
from shared.erasure import forget_who_was_erased
from shared.messaging.reactions import Reactions, each, external, newest
from shared.messaging.transport import Transport
from shared.outsiders import keep_aliases, keep_outsiders
from shared.rights import keep_channels, keep_staff
from shared.service import Service, make_context
from shared.settings import Settings
from shared.web import trials
from shared.web.api import make_api, take_in
from shared.web.checks import CheckLimit
from shared.web.operations import operate
from shared.web.pages import Pages

from .announced import KINDS
from .api import ROUTES
from .commands import claims
from .handlers.calls import keep_ended_calls, when_a_call_ends_cancel_its_activity
from .handlers.nominations import keep_nomination
from .handlers.parties import keep_party
from .handlers.persons import keep_person, when_person_is_erased_forget_them
from .jobs import JOBS
from .pages import ROUTES as PAGES

REACTIONS = Reactions(
    "scheduling",
    [
        newest(PersonDetailsChanged, keep_person),
        each(PersonErased, when_person_is_erased_forget_them),
        newest(ErasureStated, forget_who_was_erased(when_person_is_erased_forget_them)),
        newest(PartyDescribed, keep_party),
        newest(StaffAssigned, keep_staff),
        newest(ChannelAssigned, keep_channels),
        newest(OutsiderDescribed, keep_outsiders),
        newest(AliasDescribed, keep_aliases),
        newest(NOMINATION_EVENTS, keep_nomination),
        each(CallEnded, when_a_call_ends_cancel_its_activity),
        newest(CallStated, keep_ended_calls),
        external(ExternalAttendanceRecorded, claims.when_outsider_records_attendance_write_it_down),
        external(ExternalCompletionReported, claims.when_outsider_reports_completion_settle_it),
    ],
)


def build(settings: Settings, transport: Transport, database: Database) -> Service:
    """Scheduling in one installation."""
    context = make_context("scheduling", settings, database)
    api = make_api(
        context,
        settings.issuers,
        title="Cadre: scheduling",
        description="What happens where and when, who took part, who completed.",
        pages=Pages(Path(__file__).parent),
    )
    api.state.check_limit = CheckLimit()
    operate(api, transport, REACTIONS)
    take_in(api, trials.routes, *ROUTES, *PAGES)
    return Service(context, transport, REACTIONS, JOBS, api, announced=KINDS)
