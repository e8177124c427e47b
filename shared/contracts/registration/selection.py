"""The selection: boards, runs, lots, screening, and how it came out in numbers."""

from typing import Literal

from shared.contracts.event import (
    Event,
    Id,
    PartyCode,
    Planned,
    Visibility,
)


class SelectionConcluded(Event, type="registration.selection.concluded.v1", aggregate="call_id"):
    """A selection within every quota was made; the nominations say who."""

    call_id: Id
    activity_id: Id
    project_id: Id
    seats: int
    nominated: int
    selected: int
    waitlisted: int
    pool_digest: str
    """SHA-256 over what was submitted: the same pool gives the same panel."""
    method: Literal["merit", "lottery"] = "merit"
    """By merit, or by a fair lottery."""
    runs: int | None = None
    """How many runs were made, where it was made in steps."""
    overrides: int = 0
    """How many changes people made in what was computed, each with a reason."""
    with_board: bool = False
    """Whether a selection board scored the nominations."""


class BoardState(Event, aggregate="call_id"):
    """How the selection board of a call stands, after what the type names."""

    call_id: Id
    activity_id: Id
    project_id: Id
    reviewers: int
    """How many persons are on the board."""
    criteria: tuple[str, ...]
    """What is scored, as codes."""
    conflicts: int
    """How often a reviewer may not judge a nomination."""
    scores_until: Planned
    """Until when scores are taken."""


class BoardOpened(BoardState, type="registration.board.opened.v1"):
    """A board is to score the nominations of a call, or is described anew."""


class BoardClosed(BoardState, type="registration.board.closed.v1"):
    """The scores of the board are settled."""


class ReviewerAsked(Event, aggregate="reviewer_id"):
    """One person on a board is written to about the scores that are asked of them."""

    reviewer_id: Id
    """The place on the board."""
    call_id: Id
    activity_id: Id
    person_id: Id
    reference: str
    visibility: Visibility
    scores_until: Planned
    """Until when scores are taken."""
    link: str


class ReviewerAppointed(ReviewerAsked, type="registration.reviewer.appointed.v1"):
    """A person is on the board of a call, and is asked to score."""


class ReviewerReminded(ReviewerAsked, type="registration.reviewer.reminded.v1"):
    """A person on a board has not handed in yet, and the time is nearly up."""


class SelectionRunState(Event, aggregate="run_id"):
    """Where one run of a selection stands, after the step that the type names."""

    run_id: Id
    """The run."""
    call_id: Id
    activity_id: Id
    project_id: Id
    number: int
    """Its number within the call."""
    method: Literal["merit", "lottery"]
    """By merit, or by a fair lottery."""
    state: Literal[
        "published", "proposed", "approved", "concluded", "failed", "cancelled", "superseded"
    ]
    pool_digest: str | None = None
    """SHA-256 over what was submitted: the same pool gives the same panel."""
    overrides: int = 0
    """How many changes people made in what was computed, each with a reason."""


class LotteryCommitted(Event, type="registration.lottery.committed.v1", aggregate="call_id"):
    """A seed for the lottery of a call is fixed; only its digest is known before the draw."""

    call_id: Id
    activity_id: Id
    project_id: Id
    number: int
    """Which seed of the call this is."""
    commitment: str
    """SHA-256 of the seed."""


class SelectionRunPublished(
    SelectionRunState, type="registration.selection_run.published.v1", whole=True
):
    """Panels, tickets and everybody's chance in a lottery can be read; nothing is drawn yet."""


class SelectionRunProposed(
    SelectionRunState, type="registration.selection_run.proposed.v1", whole=True
):
    """A panel within every quota was computed, or drawn, and waits to be concluded."""


class SelectionRunOverridden(
    SelectionRunState, type="registration.selection_run.overridden.v1", whole=True
):
    """Somebody changed the panel, with a reason on record."""


class SelectionRunApproved(
    SelectionRunState, type="registration.selection_run.approved.v1", whole=True
):
    """A second person agreed to the panel."""


class SelectionRunConcluded(
    SelectionRunState, type="registration.selection_run.concluded.v1", whole=True
):
    """The seats are offered to those whom the run proposed."""


class SelectionRunEnded(SelectionRunState, type="registration.selection_run.ended.v1", whole=True):
    """The run failed, was cancelled, or what it was made from has changed."""


class OutcomeAnnounced(Event, type="registration.outcome.announced.v1", aggregate="call_id"):
    """One focal point is told how their nominees fared, in numbers."""

    call_id: Id
    activity_id: Id
    party: PartyCode
    person_id: Id
    reference: str
    visibility: Visibility
    selected: int
    waitlisted: int
    link: str


class ScreeningStarted(Event, type="registration.screening.started.v1", aggregate="call_id"):
    """Nominees of a call were put on a list for the vetting office; how many, and not who."""

    call_id: Id
    activity_id: Id
    project_id: Id
    nominations: int
    """How many."""


class ScreeningDecided(Event, type="registration.screening.decided.v1", aggregate="call_id"):
    """Results came back for nominees of a call; how many, and neither whose nor which."""

    call_id: Id
    activity_id: Id
    project_id: Id
    nominations: int
    """How many."""


OF_SELECTION: tuple[type[Event], ...] = (
    SelectionConcluded,
    BoardOpened,
    BoardClosed,
    ReviewerAppointed,
    ReviewerReminded,
    LotteryCommitted,
    SelectionRunPublished,
    SelectionRunProposed,
    SelectionRunOverridden,
    SelectionRunApproved,
    SelectionRunConcluded,
    SelectionRunEnded,
    OutcomeAnnounced,
    ScreeningStarted,
    ScreeningDecided,
)
