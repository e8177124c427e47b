"""Why a change of a nomination is refused, or can not be asked for."""

from shared.refusals import Refused


class CutOffHasPassed(Refused):
    """The day until which a seat is given back freely has passed; ask for the change instead."""

    title = "The day until which seats can be given back has passed"


class ChangeNeedsNoRequest(Refused):
    """The focal point can do this at once, without asking."""

    title = "This can be done without asking"


class ChangeIsAskedAlready(Refused):
    """A change of this nomination is asked for and not decided."""

    title = "A change of this nomination waits for a decision"


class ChangeIsDecided(Refused):
    """The request was decided, was taken back, or ended with its nomination."""

    title = "This request was decided already"
