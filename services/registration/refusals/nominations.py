"""Why a nomination or a roster is refused."""

from shared.refusals import Refused


class OfficerIsNotEligible(Refused):
    """The nomination does not fit the call; `errors` name the rules that do not hold."""

    status = 422
    title = "This nomination does not fit the call"


class AlreadyNominated(Refused):
    """The officer is nominated in this call already."""

    title = "This officer is nominated already"


class PriorityIsTaken(Refused):
    """Another nomination of the party has this priority."""

    title = "Another nomination of the party has this priority"


class NominationHasMoved(Refused):
    """From where the nomination stands this can not be done any more."""

    title = "The nomination no longer allows this"


class CorrectionNamesAnother(Refused):
    """A correction describes the officer who was nominated, by the same reference."""

    status = 422
    title = "This is another officer than the one nominated"


class RankingIsNotWhole(Refused):
    """A ranking names every nomination of the party that is in the running, each once."""

    status = 422
    title = "The ranking does not name every nomination once"


class ReturnDateIsNotPossible(Refused):
    """The last day to put a nomination right has passed, or the activity has begun by then."""

    status = 422
    title = "There is no time to put it right until that day"


class TimeToCorrectHasPassed(Refused):
    """The nomination was to be put right before this moment."""

    title = "The time to put this nomination right has passed"


class RuleIsNotKnown(Refused):
    """The call has no rule of this name."""

    status = 422
    title = "There is no such rule"


class ReturnsAreOpen(Refused):
    """Returned nominations may still be put right; say so if the selection goes on without them."""

    title = "Some nominations may still be put right"


class RosterIsNotValid(Refused):
    """Rows of the roster can not be taken, and nothing was imported; `errors` name each."""

    status = 422
    title = "Some rows cannot be taken; nothing was imported"
    most_faults = None


class RosterIsTooLarge(Refused):
    """A roster has at most 5 MB."""

    status = 413
    title = "This file is too large"
