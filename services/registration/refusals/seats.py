"""Why an answer or a decision about a seat is refused."""

from shared.refusals import Refused


class OfferIsNotLive(Refused):
    """The offer was answered, has expired or was taken back."""

    title = "This offer is no longer open"


class AnswerIsTheOfficers(Refused):
    """The officer was written to directly and answers by the link."""

    title = "The officer answers this offer"


class SeatIsNotHeld(Refused):
    """The seat is not held for a decision: somebody has it, or it was decided already."""

    title = "This seat is not held"


class QuotaIsNotRelaxed(Refused):
    """A change names no quota of the call, or makes its bound narrower or leaves it as it is."""

    status = 422
    title = "This relaxes no quota of the call"
