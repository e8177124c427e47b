"""Registration put together: what it reacts to, the jobs it does, its addresses."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from shared.contracts.external import ExternalNominationSubmitted
from shared.contracts.ingress import EVENTS as ANSWERS
from shared.contracts.notifications import NotificationsErasureConfirmed
from shared.contracts.registration import SeatFreed
from shared.contracts.reporting import ReportingErasureConfirmed
from shared.contracts.scheduling import (
    ENROLMENT_EVENTS,
    ActivityDescribed,
    AttendanceRecorded,
    CalendarDescribed,
    CertificateIssued,
    CertificateReplaced,
    CertificateRevoked,
    CertificateStated,
    ProjectDescribed,
    SchedulingErasureConfirmed,
)
from shared.database import Database
from shared.jobs import DoJob
from shared.keeping import keep
from shared.messaging.reactions import Reactions, each, external, newest
from shared.messaging.transport import Transport
from shared.service import Service, make_context
from shared.settings import Settings
from shared.web import trials
from shared.web.api import make_api, take_in
from shared.web.checks import CheckLimit
from shared.web.operations import operate
from shared.web.pages import Pages

from . import (
    handlers,
    jobs,
    pages,
    tables,
)
from .announced import KINDS
from .api import (
    boards,
    calls,
    changes,
    corrections,
    draws,
    follow_ups,
    held_seats,
    history,
    history_imports,
    import_files,
    imports,
    nominations,
    outcomes,
    outsiders,
    persons,
    projects,
    returns,
    screening,
    selection_runs,
    visa_letters,
    waiting_list,
)
from .api.ingress import make_ingress
from .api.wording import faults_in_words
from .board.appointments import REMIND
from .calls.viability import LOOK
from .commands import claims
from .commands.imported_persons import forget_made_known
from .commands.screening_ends import EXPIRE_CLEARANCE
from .commands.selection_runs import COMPUTE
from .doctor import checks_of
from .imports.nominations import NOMINATIONS
from .imports.standing import READ, UNDO, WRITE
from .imports.steps import take_steps
from .imports.undoing import FORGET
from .nominees.returns import LAPSE
from .nominees.run_offers import LAPSE as LAPSE_RUN_OFFER
from .outsiders.broker import Broker
from .outsiders.provisioning import PROVISION, provisioning
from .past import certificates
from .past.imports import PAST
from .past.imports import STEPS as PAST_STEPS
from .past.took_part import keep_attendance, keep_enrolments
from .past.writing import FORGET as FORGET_PAST
from .received import keep_answers
from .screening.forgetting import FORGET as FORGET_SCREENINGS
from .seats.activities import keep_activities
from .seats.follow_ups import PURGE
from .seats.follow_ups import REMIND as REMIND_FOLLOW_UP
from .seats.offers import DISCLOSE, EXPIRE
from .seats.visa_letters import TELL_OF_VOID
from .selecting.computing import compute_selection

REACTIONS = Reactions(
    "registration",
    [
        external(
            ExternalNominationSubmitted,
            claims.when_outsider_submits_a_nomination_put_the_officer_forward,
        ),
        newest(ANSWERS, keep_answers),
        newest(ProjectDescribed, keep(tables.project)),
        newest(ActivityDescribed, keep_activities),
        each(
            [CertificateIssued, CertificateReplaced, CertificateRevoked],
            certificates.when_certificate_is_issued_or_revoked_note_it,
        ),
        newest(CertificateStated, certificates.keep_certificates),
        newest(CalendarDescribed, keep(tables.calendar)),
        newest(ENROLMENT_EVENTS, keep_enrolments),
        newest(AttendanceRecorded, keep_attendance),
        each(
            SeatFreed,
            handlers.when_seat_is_freed_offer_it_to_the_next_who_keeps_every_quota,
        ),
        each(
            [
                SchedulingErasureConfirmed,
                NotificationsErasureConfirmed,
                ReportingErasureConfirmed,
            ],
            handlers.when_a_service_has_forgotten_note_its_receipt,
        ),
    ],
)
JOBS: Mapping[str, DoJob] = MappingProxyType(
    {
        EXPIRE: jobs.let_offer_expire,
        DISCLOSE: jobs.disclose_offer,
        LAPSE: jobs.let_return_lapse,
        LAPSE_RUN_OFFER: jobs.let_run_offer_lapse,
        REMIND_FOLLOW_UP: jobs.remind_of_details,
        PURGE: jobs.delete_details_after_the_end,
        TELL_OF_VOID: jobs.tell_of_void,
        REMIND: jobs.remind_reviewers,
        LOOK: jobs.look_at_viability,
        COMPUTE: compute_selection,
        **dict.fromkeys((READ, WRITE, UNDO), partial(take_steps, kind=NOMINATIONS)),
        FORGET: partial(forget_made_known, kind=NOMINATIONS),
        **dict.fromkeys(PAST_STEPS, partial(take_steps, kind=PAST)),
        FORGET_PAST: partial(forget_made_known, kind=PAST),
        EXPIRE_CLEARANCE: jobs.let_clearance_expire,
        FORGET_SCREENINGS: jobs.forget_screenings_after_the_end,
    }
)


def build(
    settings: Settings, transport: Transport, database: Database, *, broker: Broker | None = None
) -> Service:
    """The service of one installation on one database; with a broker, other systems have an
    account there."""
    context = make_context("registration", settings, database)
    shown = Pages(Path(__file__).parent)
    api = make_api(
        context,
        settings.issuers,
        title="Registration",
        description="Who may take part: from the call for nominations to the confirmed seat.",
        pages=shown,
        say_faults=faults_in_words,
    )
    api.state.broker = broker
    api.state.check_limit = CheckLimit()
    operate(api, transport, REACTIONS)
    for part in (
        trials,
        persons,
        projects,
        calls,
        changes,
        corrections,
        outcomes,
        follow_ups,
        visa_letters,
        returns,
        boards,
        selection_runs,
        draws,
        held_seats,
        waiting_list,
        history,
        history_imports,
        nominations,
        imports,
        import_files,
        screening,
        outsiders,
        pages,
    ):
        take_in(api, part.routes)
    job_kinds = {**JOBS, PROVISION: provisioning(broker)} if broker else JOBS
    beside = {"/ingress": make_ingress(context)}
    return Service(
        context,
        transport,
        REACTIONS,
        job_kinds,
        api,
        beside=beside,
        announced=KINDS,
        checks=checks_of(context),
        kept_for_a_time=(
            tables.received_event,
            tables.import_piece,
            tables.roster_import_row,
            tables.history_row,
            tables.import_problem,
        ),
    )
