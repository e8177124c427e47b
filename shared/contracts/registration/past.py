"""What officers took part in."""

from typing import Literal

from shared.contracts.event import (
    Event,
    Id,
    PartyCode,
    Sex,
    date,
)


class ParticipationState(Event, aggregate="participation_id"):
    """What an officer took part in before the platform was used, as imported; coded."""

    participation_id: Id
    person_id: Id
    party: PartyCode | None = None
    sex: Sex
    unit: str | None = None
    rank_band: str | None = None
    code: str | None = None
    """The code of the course or its curriculum, where it has one."""
    held_on: date
    """The last day of it."""
    outcome: Literal["attended", "completed", "failed"]
    """What it came to."""
    withdrawn: bool = False
    """Whether it does not count any more."""


class ParticipationRecorded(
    ParticipationState, type="registration.participation.recorded.v1", whole=True
):
    """A past participation was imported from a list."""


class ParticipationCorrected(
    ParticipationState, type="registration.participation.corrected.v1", whole=True
):
    """An imported participation is not as the list said."""


class ParticipationWithdrawn(
    ParticipationState, type="registration.participation.withdrawn.v1", whole=True
):
    """An imported participation does not count any more."""


PARTICIPATION_EVENTS: tuple[type[ParticipationState], ...] = (
    ParticipationRecorded,
    ParticipationCorrected,
    ParticipationWithdrawn,
)


OF_PAST: tuple[type[Event], ...] = (
    ParticipationRecorded,
    ParticipationCorrected,
    ParticipationWithdrawn,
)
