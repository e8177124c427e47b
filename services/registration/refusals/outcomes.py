"""Why an outcome is refused."""

from shared.refusals import Refused


class SelectionIsNotMade(Refused):
    """Nobody waits before the selection was made."""

    title = "The selection was not made yet"


class NobodyWaitsSo(Refused):
    """A nomination named here does not wait in this call; `errors` name which."""

    status = 422
    title = "Somebody named here does not wait in this call"


class RunIsTheSame(Refused):
    """Another run is the call of another activity."""

    status = 422
    title = "This is the same run"


class RunIsOffered(Refused):
    """Another run is offered for this nomination and not answered."""

    title = "Another run is offered already"


class AnswerDateIsNotPossible(Refused):
    """The last day to answer has passed, or the other activity has begun by then."""

    status = 422
    title = "There is no time to answer until that day"
