"""What a run of the selection found, as a document by nomination ids, and back again."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from ..domain.ordering import in_order_of_the_field
from ..domain.quotas import Candidate
from ..domain.selection import Selection
from .candidates import FIRST_TIME, Pool

Document = Mapping[str, Any]


def as_document(found: Selection) -> Document:
    """The ids of the chosen and of those who wait, in the order of the field; whose first time it
    was, where a quota asks for that: later it is nobody's any more."""
    everybody = (*found.chosen, *found.waiting)
    new = [str(one.nomination_id) for one in everybody if one.values_in(FIRST_TIME)]
    return {
        "chosen": [str(one.nomination_id) for one in found.chosen],
        "waiting": [str(one.nomination_id) for one in found.waiting],
        **({FIRST_TIME: new} if new else {}),
    }


def panel_of(pool: Pool, chosen: Iterable[UUID]) -> Selection:
    """The same nominations as the rules see them, from the pool they were chosen from."""
    ids = frozenset(chosen)
    field = in_order_of_the_field(pool.reference, pool.candidates)
    return Selection(
        chosen=tuple(one for one in field if one.nomination_id in ids),
        waiting=tuple(one for one in field if one.nomination_id not in ids),
    )


def chosen_ids(run: Mapping[str, Any], overrides: Iterable[Mapping[str, Any]]) -> frozenset[UUID]:
    """Who is chosen now: what was found, after every override."""
    chosen = {UUID(one) for one in (run["result"] or {}).get("chosen", ())}
    for one in overrides:
        chosen -= {one["leaves_id"]}
        chosen |= {one["comes_id"]} - {None}
    return frozenset(chosen)


def chances_of(run: Mapping[str, Any]) -> Mapping[UUID, Fraction] | None:
    """Everybody's chance in a lottery; None where it is none."""
    chances = (run["result"] or {}).get("chances")
    return chances and {UUID(one): Fraction(chance) for one, chance in chances.items()}


def candidates_of(pool: Pool, ids: frozenset[UUID]) -> tuple[Candidate, ...]:
    """The candidates with these ids."""
    return tuple(one for one in pool.candidates if one.nomination_id in ids)
