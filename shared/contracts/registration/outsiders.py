"""Other systems that take part, and what they call somebody or something."""

from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.event import (
    Event,
    Id,
    PartyCode,
    Secret,
)


class OutsiderDescribed(
    Event, type="registration.outsider.described.v1", aggregate="outsider", whole=True
):
    """Another system that takes part: what it may send and read, and for which parties."""

    outsider: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,18}[a-z0-9]$")]
    """Its code."""
    parties: tuple[PartyCode, ...]
    """The parties it speaks for, and may read about."""
    sends: tuple[str, ...]
    """The external event types it may send."""
    receives: tuple[str, ...]
    """The public event types it may read."""
    state: Literal["active", "suspended", "removed"]
    """Whether it takes part now."""
    key_digest: Secret | None = None
    """SHA-256 of its key for HTTP."""


class AliasDescribed(
    Event, type="registration.alias.described.v1", aggregate="alias_id", whole=True
):
    """What an outsider calls an officer or an activity of ours."""

    alias_id: Id
    """The alias."""
    outsider: str
    """The code of the outsider."""
    kind: Literal["officer", "activity"]
    """What is called so."""
    party: PartyCode
    """Whose officer it is; for an activity, the party for which the outsider speaks."""
    reference: Secret
    """How the outsider calls it."""
    meant_id: Id | None = None
    """The person or activity that is meant; none once it is withdrawn."""


OF_OUTSIDERS: tuple[type[Event], ...] = (
    OutsiderDescribed,
    AliasDescribed,
)
