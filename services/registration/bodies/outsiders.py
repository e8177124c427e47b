"""Other systems, and what they call somebody."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from shared.contracts.event import PartyCode
from shared.contracts.external import TheirReference
from shared.outsiders import CODE
from shared.web.body import Taken

from .words import EventType


class DescribeOutsider(Taken):
    """For whom another system speaks, and which event types it may send and read."""

    parties: Annotated[tuple[PartyCode, ...], Field(min_length=1, max_length=300)]
    sends: Annotated[tuple[EventType, ...], Field(max_length=100)] = ()
    receives: Annotated[tuple[EventType, ...], Field(max_length=100)] = ()


class RegisterOutsider(DescribeOutsider):
    """Another system takes part, under a code."""

    outsider: Annotated[str, StringConstraints(pattern=CODE)]


class DescribeAlias(Taken):
    """What another system calls an officer or an activity of ours."""

    kind: Literal["officer", "activity"]
    party: PartyCode
    reference: TheirReference
    meant_id: UUID
