"""The tables of registration. Staff and channels stand in `shared.rights`, written here."""

from .boards import (
    board,
    board_conflict,
    board_criterion,
    board_reviewer,
    board_score,
)
from .calls import call, call_quota, selection
from .changes import change_request
from .follow_ups import follow_up, follow_up_answer
from .history import (
    attendance,
    certificate,
    enrolment,
    history_import,
    history_layout,
    history_row,
    participation,
    participation_correction,
)
from .imports import (
    import_piece,
    import_problem,
    roster_import,
    roster_import_row,
)
from .lotteries import lottery_contribution, lottery_seed
from .metadata import METADATA
from .nominations import nomination, roster_upload
from .outsiders import broker_account, received_event
from .parties import (
    activity,
    calendar,
    partner,
    party,
    project,
)
from .persons import erasure_receipt, person
from .returns import nomination_return
from .run_offers import run_offer
from .screening import (
    project_screening,
    screening,
    screening_list,
    screening_result,
    superseded_screening,
)
from .seats import (
    held_seat,
    offer,
    quota_relaxation,
    seat_decision,
    seat_passing,
)
from .selection_runs import selection_override, selection_run
from .visa_letters import visa_letter

__all__ = [
    "METADATA",
    "activity",
    "attendance",
    "board",
    "board_conflict",
    "board_criterion",
    "board_reviewer",
    "board_score",
    "broker_account",
    "calendar",
    "call",
    "call_quota",
    "certificate",
    "change_request",
    "enrolment",
    "erasure_receipt",
    "follow_up",
    "follow_up_answer",
    "held_seat",
    "history_import",
    "history_layout",
    "history_row",
    "import_piece",
    "import_problem",
    "lottery_contribution",
    "lottery_seed",
    "nomination",
    "nomination_return",
    "offer",
    "participation",
    "participation_correction",
    "partner",
    "party",
    "person",
    "project",
    "project_screening",
    "quota_relaxation",
    "received_event",
    "roster_import",
    "roster_import_row",
    "roster_upload",
    "run_offer",
    "screening",
    "screening_list",
    "screening_result",
    "seat_decision",
    "seat_passing",
    "selection",
    "selection_override",
    "selection_run",
    "superseded_screening",
    "visa_letter",
]
