"""Why something about a lottery is refused."""

from shared.refusals import Refused


class CallHasNoLottery(Refused):
    """The call is selected by merit."""

    title = "This call has no lottery"


class NothingIsPublished(Refused):
    """Panels and chances are published after the deadline, when a run has computed them."""

    title = "Nothing is published for this call yet"


class SeedIsRevealed(Refused):
    """The draw was made; nothing is added to its seed any more."""

    title = "The draw was made already"


class ContributionIsMade(Refused):
    """One contribution from each."""

    title = "You have contributed already"


class ContributionComesTooLate(Refused):
    """Who runs the selection contributes before panels are published; parties and auditors may
    until the draw."""

    title = "The organisation contributes before anything is published"


class ChancesAreNotTold(Refused):
    """Where nominees are screened, a party reads no chances: who has one was cleared. Auditors and
    coordinators check the draw."""

    title = "Chances are told to auditors and coordinators here"
