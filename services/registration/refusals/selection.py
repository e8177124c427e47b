"""Why a step of the selection is refused."""

from shared.refusals import Refused

from .quotas import QuotasInTheWay


class SelectionIsMadeInSteps(Refused):
    """The call has a board, a lottery, or a run that stands: the selection is made in steps."""

    title = "The selection of this call is made in steps"


class SelectionTakesTooLong(Refused):
    """Finding the panel takes longer than anybody waits for an answer: a run has a worker do it."""

    title = "The selection takes too long to be made at once: have it made in steps"


class MethodIsNotTheCalls(Refused):
    """The call is selected by another method, which was announced to the parties."""

    title = "The call is selected by another method"


class RunHasMoved(Refused):
    """From where the run stands this can not be done."""

    title = "The run no longer allows this"


class ApprovalIsMissing(Refused):
    """What a board proposed, or somebody changed, is approved by a second person first."""

    title = "A second person has to approve first"


class ApproverIsTheProposer(Refused):
    """Who had the selection made, or changed it, does not approve it."""

    title = "A second person has to approve this"


class OfficerIsNotInThePanel(Refused):
    """Who is to leave was not chosen."""

    title = "This officer is not chosen"


class OfficerIsNotWaiting(Refused):
    """Who is to come is chosen already, or is not in the pool."""

    title = "This officer is not among those who wait"


class ConflictOfInterest(Refused):
    """Who is on the board changes nothing for an officer of their own party, or one of whom they
    declared a conflict."""

    title = "You do not decide about this officer"


class OverrideMissesQuota(QuotasInTheWay):
    """Quotas would be missed that were not listed; `errors` name each."""

    title = "The change would miss a quota that is not listed"


class LotteryStands(Refused):
    """What a lottery has drawn is not changed by anybody."""

    title = "What was drawn is not changed"
