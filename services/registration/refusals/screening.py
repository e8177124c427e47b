"""Why screening is refused. What a party may read says nothing of it."""

from shared.refusals import Refused


class SeatCannotBeOfferedNow(Refused):
    """This officer can not be offered a seat, or take one, as things stand."""

    title = "This officer cannot be given a seat now"


class NobodyToScreen(Refused):
    """The project asks for no screening, or nobody waits to be put on a list."""

    title = "Nobody waits to be screened"


class GroundsAreNotTaken(Refused):
    """The file holds free text, such as grounds; none of it is read or kept. `errors` name the
    columns."""

    status = 422
    title = "Take grounds and other free text out of the file"


class ResultsAreNotValid(Refused):
    """Results can not be taken, and none was; `errors` name row, column and reason."""

    status = 422
    title = "Some results cannot be taken; none was"
    most_faults = None


class ResultsAreTooLarge(Refused):
    """A file of results has at most 5 MB."""

    status = 413
    title = "This file is too large"
