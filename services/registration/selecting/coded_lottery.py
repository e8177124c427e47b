"""A lottery with officers by their codes, as it is published, and who it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any
from uuid import UUID

from ..domain.lottery.fair import fair_lottery
from ..domain.lottery.leximin import Progress
from ..domain.relaxations import relaxations
from ..domain.selection import Infeasible
from .candidates import Pool
from .in_a_thread import Report
from .no_panel import NoPanel
from .seeds import code_of


@dataclass(frozen=True)
class CodedLottery:
    """`published` are the bytes, as text, that a draw is made from. `codes` and `chances` are by
    nomination; `least` is the least chance of anybody who has one, as great as can be, and by
    `within` of the fairest at most any other is less than that."""

    published: str
    digest: str
    codes: Mapping[UUID, str]
    chances: Mapping[UUID, Fraction]
    least: Fraction
    within: float

    def as_document(self) -> Mapping[str, Any]:
        """As a run keeps it."""
        return {
            "published": self.published,
            "published_digest": self.digest,
            "codes": {str(one): code for one, code in self.codes.items()},
            "chances": {str(one): str(chance) for one, chance in self.chances.items()},
            "least": str(self.least),
            "within": f"{self.within:f}".rstrip("0"),
        }


def coded_lottery(pool: Pool, salt: str, report: Report) -> CodedLottery | NoPanel:
    """The fairest lottery there is for a pool; takes minutes for thousands of officers."""

    def told(progress: Progress) -> None:
        done, aim, panels = progress.done, progress.aim, progress.panels
        report({"step": str(progress.step), "done": done, "aim": aim, "panels": panels})

    coded = [
        replace(one, reference=code_of(salt, one.party, one.reference)) for one in pool.candidates
    ]
    found = fair_lottery(pool.reference, pool.seats, pool.quotas, coded, told)
    if isinstance(found, Infeasible):
        return NoPanel(found.obstacles, relaxations(pool.seats, pool.quotas, pool.candidates))
    chances = found.chances()
    return CodedLottery(
        published=found.as_bytes().decode(),
        digest=found.digest,
        codes={one.nomination_id: one.reference for one in coded},
        chances={one.nomination_id: chances[one.party, one.reference] for one in coded},
        least=found.least_chance,
        within=found.within,
    )
