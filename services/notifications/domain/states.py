"""The states of a message, from planned to settled."""

from typing import Final, Literal

ChannelName = Literal["email", "sms"]
Status = Literal["planned", "sending", "unknown", "sent", "unsettled", "refused", "not_sent"]
Settled = Literal["sent", "unsettled", "refused", "not_sent"]

CHANNELS: Final[tuple[ChannelName, ...]] = ("email", "sms")
STATUSES: Final[tuple[Status, ...]] = (
    "planned",
    "sending",
    "unknown",
    "sent",
    "unsettled",
    "refused",
    "not_sent",
)
OPEN: Final[frozenset[Status]] = frozenset({"planned", "sending", "unknown"})
"""Something will still be done about these."""
DOUBTFUL: Final[frozenset[Status]] = frozenset({"sending", "unknown"})
"""The receiver may have the message: ask before anything is sent again."""
FOR_A_PERSON_TO_SEE: Final[frozenset[Status]] = frozenset({"unsettled", "refused", "not_sent"})
"""Ended, but not with the reader."""


def channels_for(
    *, email: str | None, phone: str | None, wants_email: bool, wants_sms: bool
) -> tuple[ChannelName, ...]:
    """The channels a person chose and has an address for; none is an answer too."""
    chosen: list[ChannelName] = []
    if wants_email and email:
        chosen.append("email")
    if wants_sms and phone:
        chosen.append("sms")
    return tuple(chosen)
