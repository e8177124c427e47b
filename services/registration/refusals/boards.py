"""Why a step of a selection board is refused."""

from collections.abc import Iterable
from uuid import UUID

from shared.refusals import Fault, Refused

MORE_REVIEWERS = "change the board by PUT: with another reviewer, who may judge these nominations"


class BoardExists(Refused):
    """The call has a board; change that."""

    title = "This call has a board already"


class LotteryHasNoBoard(Refused):
    """Where seats are drawn nobody is scored."""

    title = "A call with a lottery has no board"


class ReviewerIsNotFree(Refused):
    """Who nominates for a party of the project does not judge; nor does who can not sign in."""

    status = 422
    title = "This person cannot be on the board"


class ScoringHasBegun(Refused):
    """Scores were given; the criteria stay as they are."""

    title = "Scores were given already"


class ScoringIsOver(Refused):
    """The board has closed, the time is up, or the reviewer has handed everything in."""

    title = "Scores are no longer taken"


class ScoresDoNotFit(Refused):
    """A nomination is not to be scored by this reviewer, or not by these criteria."""

    status = 422
    title = "These scores do not fit"


class ScoresAreMissing(Refused):
    """Not every nomination was scored in every criterion; `errors` name those that were not."""

    title = "Some nominations are not scored yet"


class ScoresAreApart(Refused):
    """Nobody sees what others gave before handing in all of theirs, or before the board closes."""

    title = "Each reviewer scores apart"


class TooFewScores(Refused):
    """Nominations have fewer than two scores that count; `errors` name them."""

    title = "Some nominations have fewer than two scores"

    def __init__(self, nomination_ids: Iterable[UUID]) -> None:
        code, words = self.code(), "fewer than two scores count"
        faults = [Fault(f"nominations.{one}", code, words) for one in nomination_ids]
        super().__init__(MORE_REVIEWERS, faults=faults)


class BoardIsStillScoring(Refused):
    """The selection is made once the board has closed."""

    title = "The board has not closed yet"
