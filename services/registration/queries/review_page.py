"""What the page of a reviewer shows: fifty nominations at a time, coded, and how far they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.context import Work

from ..loading import Stored, by_id, known_activity
from ..tables import call
from .boards import (
    BoardShown,
    ReviewShown,
    ReviewsShown,
    show_board,
    show_reviews,
)
from .call_page import party_names

ON_A_PAGE = 50


@dataclass(frozen=True)
class ReviewPage:
    """Everything on the page."""

    call: Stored
    activity: Stored
    board: BoardShown
    reviews: ReviewsShown
    shown: Sequence[ReviewShown]
    number: int
    pages: int
    names: Mapping[str, Mapping[str, str]]

    @property
    def scores(self) -> bool:
        """Whether scores are still taken from the reader."""
        return self.board.state == "open" and self.reviews.submitted_at is None


async def show_review_page(work: Work, call_id: UUID, number: int) -> ReviewPage:
    """The page of one reviewer. Raises `NotFound` for everybody else."""
    reviews = await show_reviews(work, call_id)
    held = await by_id(work, call, call_id)
    pages = max(1, -(-len(reviews.nominations) // ON_A_PAGE))
    at = min(max(number, 1), pages)
    shown = reviews.nominations[(at - 1) * ON_A_PAGE : at * ON_A_PAGE]
    return ReviewPage(
        call=held,
        activity=await known_activity(work, held["activity_id"]),
        board=await show_board(work, call_id),
        reviews=reviews,
        shown=shown,
        number=at,
        pages=pages,
        names=await party_names(work, [one.party for one in shown]),
    )
