"""Why a file of past participations, or a change of one, is refused."""

from shared.refusals import Refused


class PartyIsMissing(Refused):
    """A focal point says of which party the officers are."""

    status = 422
    title = "Say of which party the officers are"


class LayoutIsNotPossible(Refused):
    """Columns that are not there, named twice, or two of one meaning; `errors` name them."""

    status = 422
    title = "The columns cannot be read so"


class LayoutIsUndecided(Refused):
    """Something has to be said before the rows can be imported; `errors` are the questions."""

    title = "Say first how the columns are read"


class OfficersAreUndecided(Refused):
    """Of some rows a person has to decide whose they are; `errors` name them."""

    title = "Decide first whose these rows are"


class DecisionIsNotPossible(Refused):
    """A row is not there, is faulty, or nobody is named whom it could mean; `errors` name them."""

    status = 422
    title = "These rows cannot be decided so"


class ParticipationIsNotOurs(Refused):
    """What scheduling recorded is corrected there."""

    title = "This was recorded with the activity: correct it there"


class ParticipationWasWithdrawn(Refused):
    """The participation does not count any more."""

    title = "This participation was taken back already"


class ParticipationSaysNothing(Refused):
    """A participation has a code or a title, and a day that has been."""

    status = 422
    title = "Say what it was, and when"
