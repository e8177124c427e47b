"""Why details of an officer are refused."""

from shared.refusals import Refused


class FollowUpIsNotWhole(Refused):
    """Details are missing, not asked for, or do not fit the activity; `errors` name each."""

    status = 422
    title = "Some details are missing or do not fit"


class FollowUpIsClosed(Refused):
    """The day to fill in the details has passed, or the seat was given back."""

    title = "These details are not taken any more"
