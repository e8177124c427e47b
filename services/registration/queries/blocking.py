"""What blocks somebody on the waiting list: everything to who sees the whole call, to a focal point
nothing of what other parties must and may have, and no figures."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from shared.rights import Parties

from ..domain.quotas import PARTY


class BlockShown(BaseModel):
    """A bound of a quota in the way. Figures are shown, and other parties named, to those only who
    see the whole call."""

    dimension: str
    value: str | None
    bound: str
    needed: int | None
    available: int | None


def blocks_shown(obstacles: Iterable[Mapping[str, Any]], seen: Parties) -> list[BlockShown]:
    """Obstacles as they are shown to who sees these parties; each once."""
    shown = [_shown(one, seen) for one in obstacles]
    return [one for place, one in enumerate(shown) if one not in shown[:place]]


def _shown(one: Mapping[str, Any], seen: Parties) -> BlockShown:
    if seen is None:
        return BlockShown(**one)
    hidden = one["dimension"] == PARTY and one["value"] not in seen
    return BlockShown(
        dimension=one["dimension"],
        value=None if hidden else one["value"],
        bound=str(one["bound"]),
        needed=None,
        available=None,
    )
