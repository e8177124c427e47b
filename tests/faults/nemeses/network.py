"""Harm to the way of a service to a server."""

from dataclasses import dataclass
from typing import ClassVar

from ..ways import Way


@dataclass
class Cut:
    """Every connection is dropped, and for a while nobody answers."""

    way: Way
    seconds: float = 1.0
    name: str = "network cut"
    takes_away: ClassVar[bool] = True

    async def start(self) -> None:
        """Cut it."""
        await self.way.cut()

    async def stop(self) -> None:
        """Join it."""
        await self.way.mend()


@dataclass
class HalfOpen:
    """Nothing arrives any more, and nobody is told; what stood then never comes to life again."""

    way: Way
    seconds: float = 3.0
    name: str = "network half-open"
    takes_away: ClassVar[bool] = True

    async def start(self) -> None:
        """Not a word."""
        self.way.go_silent()

    async def stop(self) -> None:
        """Whoever connects anew is heard."""
        self.way.speak_again()
