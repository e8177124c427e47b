"""Facts stated anew for a consumer that comes later."""

from shared.contracts.event import (
    Event,
)

from .calls import CallOpened
from .nominations import NominationState
from .outsiders import AliasDescribed, OutsiderDescribed
from .past import ParticipationState
from .people import (
    ChannelAssigned,
    PartyDescribed,
    PersonDetailsChanged,
    PersonErased,
    StaffAssigned,
)
from .selection import SelectionConcluded


class PartyStated(PartyDescribed, type="registration.party.stated.v1", stated=True):
    """A party as it is described now."""


class PersonStated(PersonDetailsChanged, type="registration.person.stated.v1", stated=True):
    """Everything personal about one person, as it is known now."""


class ErasureStated(PersonErased, type="registration.erasure.stated.v1", stated=True):
    """A person whom every service is to have forgotten."""


class StaffStated(StaffAssigned, type="registration.staff.stated.v1", stated=True):
    """Who works on a project in a role, as it is now."""


class ChannelStated(ChannelAssigned, type="registration.channel.stated.v1", stated=True):
    """Who nominates for a party in a project, as it is now."""


class CallStated(CallOpened, type="registration.call.stated.v1", stated=True):
    """A call for nominations as it is now."""


class NominationStated(NominationState, type="registration.nomination.stated.v1", stated=True):
    """Where a nomination stands now, whatever brought it there."""

    was_selected: bool = False
    """Whether it ever had a seat to answer for."""


class SelectionStated(SelectionConcluded, type="registration.selection.stated.v1", stated=True):
    """A selection in numbers, as it was concluded."""


class ParticipationStated(
    ParticipationState, type="registration.participation.stated.v1", stated=True
):
    """An imported participation as it stands now."""


class OutsiderStated(OutsiderDescribed, type="registration.outsider.stated.v1", stated=True):
    """Another system that takes part, as it is described now."""


class AliasStated(AliasDescribed, type="registration.alias.stated.v1", stated=True):
    """What an outsider calls an officer or an activity of ours now."""


OF_STATED: tuple[type[Event], ...] = (
    PartyStated,
    PersonStated,
    ErasureStated,
    StaffStated,
    ChannelStated,
    CallStated,
    NominationStated,
    SelectionStated,
    ParticipationStated,
    OutsiderStated,
    AliasStated,
)
