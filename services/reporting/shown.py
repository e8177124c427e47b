"""The figures as the API shows them; a project's and an activity's look the same."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from .domain.participation import Figures, Step
from .domain.split import Split


class SplitShown(BaseModel):
    """A number split by sex. `women_share` is per cent of the total; null of nobody."""

    women: int
    men: int
    not_stated: int
    total: int
    women_share: float | None

    @classmethod
    def of(cls, split: Split) -> "SplitShown":
        """As counted."""
        share = split.women_share
        return cls(
            women=split.women,
            men=split.men,
            not_stated=split.not_stated,
            total=split.total,
            women_share=None if share is None else float(share),
        )


class FiguresShown(BaseModel):
    """Five steps, participations (enrolments) and officers (persons, each once)."""

    nominated: SplitShown
    selected: SplitShown
    confirmed: SplitShown
    attended: SplitShown
    completed: SplitShown
    participations: SplitShown
    officers: SplitShown

    @classmethod
    def of(cls, figures: Figures) -> "FiguresShown":
        """As counted."""
        return cls(
            **{step.value: SplitShown.of(figures.steps[step]) for step in Step},
            participations=SplitShown.of(figures.participations),
            officers=SplitShown.of(figures.officers),
        )


class PartyFigures(FiguresShown):
    """What became of one party's nominees."""

    party: str
    names: dict[str, str]


class UnitFigures(FiguresShown):
    """What became of the nominees of one kind of unit."""

    unit: str


class TraitFigures(BaseModel):
    """What became of the nominees with a value in a dimension: rank band, specialism, language."""

    dimension: str
    value: str
    nominated: SplitShown
    selected: SplitShown
    confirmed: SplitShown


class DaysFigures(SplitShown):
    """Participations that attended on so many days."""

    days: int


class OutcomeFigures(SplitShown):
    """Nominations that stand so now: confirmed, waitlisted, returned, not_selected …"""

    status: str


class ActivityShown(BaseModel):
    """An activity, as scheduling describes it."""

    id: UUID
    reference: str
    kind: str
    delivery: str
    names: dict[str, str]
    starts_on: date
    ends_on: date
    country: str | None
    city: dict[str, str]
    state: str


class ProjectShown(BaseModel):
    """A project, as scheduling describes it."""

    id: UUID
    code: str
    names: dict[str, str]
    starts_on: date
    ends_on: date


class CallFigures(BaseModel):
    """Calls for nominations in numbers: how many ended without their activity, the seats of all,
    and how many of those must be filled for the activities to take place."""

    calls: int
    ended: int
    seats: int
    minimum_seats: int


class SelectionFigures(BaseModel):
    """A selection in numbers, as it was concluded: promotions come later."""

    call_id: UUID
    reference: str
    """Of the activity."""
    seats: int
    nominated: int
    selected: int
    waitlisted: int
    method: str
    """By `merit`, or by `lottery`."""
    runs: int | None
    """How many runs were made, where it was made in steps."""
    overrides: int
    """How many changes people made in what was computed."""
    with_board: bool
    """Whether a selection board scored the nominations."""


class CertificateFigures(BaseModel):
    """A revoked certificate counts as issued and as revoked."""

    issued: int
    revoked: int


class DeliveryFigures(BaseModel):
    """How many messages of one kind ended so on one channel."""

    message: str
    channel: str
    status: str
    messages: int


class Participation(BaseModel):
    """Participation in one activity, or in all activities of a project.

    `parties_shown` names the parties whose figures these are; null: of all parties. `seats` and
    `parties_invited` come from the calls, `parties_present` counts parties with a participation.
    """

    project: ProjectShown | None
    activities: list[ActivityShown]
    parties_shown: list[str] | None
    as_of: datetime
    seats: int
    calls: CallFigures
    parties_invited: int
    parties_present: int
    overall: FiguresShown
    first_time: SplitShown
    """Officers who came and had taken part in nothing before, here or as imported."""
    by_party: list[PartyFigures]
    by_unit: list[UnitFigures]
    by_trait: list[TraitFigures]
    by_days: list[DaysFigures]
    outcomes: list[OutcomeFigures]
    """Where the nominations stand now."""
    selections: list[SelectionFigures]
    certificates: CertificateFigures
    deliveries: list[DeliveryFigures]
