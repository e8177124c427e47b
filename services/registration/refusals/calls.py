"""Why a call or its selection is refused."""

from shared.refusals import Refused


class PartyIsNotAPartner(Refused):
    """A party invited takes no part in the project on this day."""

    title = "This party takes no part in the project"


class ChannelIsMissing(Refused):
    """A party invited has nobody who could nominate for it."""

    title = "This party has no focal point in the project"


class ActivityIsOver(Refused):
    """The activity has begun, was closed or was cancelled."""

    title = "The activity has begun, was closed or was cancelled"


class CallExists(Refused):
    """The activity has a call already."""

    title = "This activity has a call already"


class DeadlineIsNotPossible(Refused):
    """There is no such local time there, it has passed, or the activity has begun by then."""

    status = 422
    title = "This deadline is not possible"


class MethodStays(Refused):
    """How a call is selected is not changed once the deadline has passed, nor while it has a
    board: everybody nominated by it."""

    title = "How this call is selected stays as it was announced"


class PartyStaysInvited(Refused):
    """A party that was invited to nominate stays so."""

    status = 422
    title = "A party once invited stays invited"


class CallHasEnded(Refused):
    """The call has ended without its activity; nothing about it changes any more."""

    title = "This call has ended"


class CallHasNoMinimum(Refused):
    """The call has no minimum of seats, so there is no go or no-go to decide."""

    title = "This call has no minimum of seats"


class CallIsClosed(Refused):
    """The deadline for nominations has passed."""

    title = "The deadline for nominations has passed"


class CallIsStillOpen(Refused):
    """Nominations are taken until the deadline; the selection comes after it."""

    title = "Nominations are still taken"


class AlreadySelected(Refused):
    """The selection of this call was made."""

    title = "The selection was made already"


class SelectionPoolHasChanged(Refused):
    """A nomination changed while the selection was made; make it again."""

    title = "A nomination changed meanwhile"
    retry_after = 1
