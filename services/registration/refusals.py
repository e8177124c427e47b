"""What registration refuses, by name."""

from collections.abc import Sequence

from shared.refusals import Fault, Refused

from .domain.quotas import Obstacle


class QuotasInTheWay(Refused):
    """Quotas can not be kept; `errors` name each, with what it asks for and what there is."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        faults = [
            Fault(".".join(filter(None, (one.dimension, one.value))), str(one.bound), str(one))
            for one in obstacles
        ]
        super().__init__("; ".join(map(str, obstacles)), faults=faults)
        self.obstacles = tuple(obstacles)


class PartyExists(Refused):
    """A party with this code is registered already."""

    title = "This party is registered already"


class PartyIsNotRegistered(Refused):
    """A party named here is not registered."""

    status = 422
    title = "This party is not registered"


class PersonIsNotRegistered(Refused):
    """A person named here is not registered, or was erased."""

    status = 422
    title = "This person is not registered"


class SubjectIsTaken(Refused):
    """Another person signs in with this subject."""

    title = "Another person signs in with this subject"


class OfficerReferenceIsTaken(Refused):
    """The party uses this reference for another officer."""

    title = "The party uses this reference for another officer"


class PersonIsErased(Refused):
    """The person was erased; nothing about them is written again."""

    title = "This person was erased"


class PhoneIsNotValid(Refused):
    """The phone number can not be called, or does not say of which country it is."""

    status = 422
    title = "This is not a phone number that can be called"


class ChannelExists(Refused):
    """The party has a channel in the project at that time; it has one at a time. End it first."""

    title = "The party has a channel in the project at that time"


class AssignmentExists(Refused):
    """The person works on the project in this role at that time already."""

    title = "The person works on the project in this role at that time"


class PartnerExists(Refused):
    """The party takes part in the project at that time already."""

    title = "This party takes part in the project already"


class DatesAreTurned(Refused):
    """The last day is before the first."""

    status = 422
    title = "The last day is before the first"


class DeputyIsTheHolder(Refused):
    """Holder and deputy of a channel are two persons."""

    status = 422
    title = "Holder and deputy are two persons"


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


class QuotasContradict(Refused):
    """The quotas can not be met whoever is nominated."""

    status = 422
    title = "These quotas contradict one another"


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


class QuotasCannotBeMet(QuotasInTheWay):
    """No panel of the nominated keeps every quota; `errors` name those that stand in the way."""

    title = "No selection keeps every quota"


class OfficerIsNotEligible(Refused):
    """The nomination does not fit the call; `errors` name the rules that do not hold."""

    status = 422
    title = "This nomination does not fit the call"


class AlreadyNominated(Refused):
    """The officer is nominated in this call already."""

    title = "This officer is nominated already"


class PriorityIsTaken(Refused):
    """Another nomination of the party has this priority."""

    title = "Another nomination of the party has this priority"


class RosterIsNotValid(Refused):
    """Rows of the roster can not be taken, and nothing was imported; `errors` name each."""

    status = 422
    title = "Some rows cannot be taken; nothing was imported"
    most_faults = None


class RosterIsTooLarge(Refused):
    """A roster has at most 5 MB."""

    status = 413
    title = "This file is too large"


class OfferIsNotLive(Refused):
    """The offer was answered, has expired or was taken back."""

    title = "This offer is no longer open"


class AnswerIsTheOfficers(Refused):
    """The officer was written to directly and answers by the link."""

    title = "The officer answers this offer"


class NominationHasMoved(Refused):
    """From where the nomination stands this can not be done any more."""

    title = "The nomination no longer allows this"


class SeatIsNotHeld(Refused):
    """The seat is not held for a decision: somebody has it, or it was decided already."""

    title = "This seat is not held"


class SeatWouldBreakQuota(QuotasInTheWay):
    """With the replacement in this seat a quota would be broken; `errors` name it."""

    title = "The replacement would break a quota"


class OutsiderExists(Refused):
    """A system with this code takes part, or once did."""

    title = "This code is taken"


class OutsiderIsRemoved(Refused):
    """The system was removed; nothing about it changes any more."""

    title = "This system was removed"


class TypeIsNotTaken(Refused):
    """No service takes facts of this type from other systems."""

    status = 422
    title = "No service takes this event type"


class TypeIsNotPublic(Refused):
    """Facts of this type are not for other systems."""

    status = 422
    title = "This event type is not public"


class AliasExists(Refused):
    """The system's reference stands for somebody or something already; withdraw that first."""

    title = "This reference is taken"


class AliasDoesNotFit(Refused):
    """The system does not speak for the party, or the officer is another party's."""

    status = 422
    title = "This alias does not fit"


class ActivityIsNotKnown(Refused):
    """No call for an activity of this reference asks the party for officers."""

    title = "No call asks for officers for this activity"
