"""For whom a file nominates in a call, and what is understood in it beside the usual words."""

from shared.context import Work

from ..calls.conditions import conditions_of
from ..calls.quotas import invited, quotas_of
from ..loading import Stored, parties
from ..roster.folding import folded
from ..roster.officers import Nominating


async def nominating_of(work: Work, call: Stored, party: str) -> Nominating:
    """How a file of one party is read; where none is named, of all that the call invites."""
    asked = [party] if party else sorted(invited(await quotas_of(work, call["id"])))
    known = await parties(work, asked)
    words = {
        folded(word): code for code, one in known.items() for word in (code, *one["names"].values())
    }
    return Nominating(
        party=party or None,
        units=(await conditions_of(work, call)).units,
        words=words,
        regions={code: one["calendar_country"] for code, one in known.items()},
    )
