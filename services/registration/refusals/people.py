"""Why a party, a person, a partner, a channel or an assignment is refused."""

from shared.refusals import Refused


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
