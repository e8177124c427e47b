"""Why another system, or what it calls somebody, is refused."""

from shared.refusals import Refused


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
