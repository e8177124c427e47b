"""What does harm for a while."""

from typing import Protocol


class NotReached(Exception):
    """The harm could not be done in time."""


class Nemesis(Protocol):
    """Harm with a name; `start` does it, `stop` ends it and may wait until it was done.

    One that takes away what processes need says so in `takes_away`: it explains what they complain
    of meanwhile.
    """

    @property
    def name(self) -> str:
        """What is counted."""
        ...

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        ...

    async def start(self) -> None:
        """Do harm."""
        ...

    async def stop(self) -> None:
        """End it. Raises `NotReached`."""
        ...
