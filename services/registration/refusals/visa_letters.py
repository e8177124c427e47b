"""Why no letter of invitation is issued, or shown."""

from shared.refusals import Refused


class OfficerHoldsNoSeat(Refused):
    """The officer has not confirmed a seat, or has it no more."""

    title = "This officer holds no seat"


class LetterIsNotAsked(Refused):
    """The call asks nobody whether a letter is needed, or the officer needs none."""

    title = "No letter of invitation was asked for"


class DetailsAreMissing(Refused):
    """What stands in the letter is not there (yet); `errors` name the parts."""

    title = "Details that stand in the letter are missing"


class IssuingBodyIsMissing(Refused):
    """The project does not name who issues its papers; describe it anew, with `issuing_body`."""

    title = "The project does not say who issues its papers"


class LetterIsVoid(Refused):
    """The letter was replaced, the seat was given up, or the activity is over."""

    status = 410
    title = "This letter of invitation is no longer valid"
