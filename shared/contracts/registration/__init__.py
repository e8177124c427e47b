"""Facts that registration publishes: who may take part, from party to confirmed seat."""

from shared.contracts.event import Event

from .calls import *
from .letters import *
from .nominations import *
from .notices import *
from .outsiders import *
from .past import *
from .people import *
from .seats import *
from .selection import *
from .stated import *

EVENTS: tuple[type[Event], ...] = (
    *OF_PEOPLE,
    *OF_CALLS,
    *OF_NOMINATIONS,
    *OF_NOTICES,
    *OF_LETTERS,
    *OF_SELECTION,
    *OF_SEATS,
    *OF_PAST,
    *OF_OUTSIDERS,
    *OF_STATED,
)
