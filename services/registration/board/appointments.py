"""Reviewers of a board are told what is asked of them, and reminded while something is missing."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from shared.context import Work
from shared.contracts.event import Planned
from shared.contracts.registration import ReviewerAppointed, ReviewerAsked
from shared.jobs import Later, plan

from ..loading import Stored

REMIND = "remind_reviewers"
REMINDED_BEFORE = timedelta(days=2)
A = TypeVar("A", bound=ReviewerAsked)


def scores_until(board: Mapping[str, Any]) -> Planned:
    """Until when a board takes scores."""
    return Planned(
        local=board["scores_until_local"],
        zone=board["scores_until_zone"],
        instant=board["scores_until_at"],
    )


def asked_of(
    work: Work, kind: type[A], activity: Stored, board: Stored, reviewers: Sequence[Stored]
) -> list[A]:
    """One event for each reviewer who is to be told."""
    return [
        kind(
            reviewer_id=one["id"],
            call_id=board["call_id"],
            activity_id=activity["id"],
            person_id=one["person_id"],
            reference=activity["reference"],
            visibility=activity["visibility"],
            scores_until=scores_until(board),
            link=work.links.page(f"calls/{board['call_id']}/board/page"),
        )
        for one in reviewers
    ]


def appointed(
    work: Work, activity: Stored, board: Stored, reviewers: Sequence[Stored]
) -> list[ReviewerAppointed]:
    """What those who are new on the board are told."""
    return asked_of(work, ReviewerAppointed, activity, board, reviewers)


async def plan_reminder(work: Work, board: Stored) -> None:
    """Two days before the end of scoring, unless that has passed."""
    at = board["scores_until_at"] - REMINDED_BEFORE
    if at > work.now:
        key = f"{board['call_id']}/{board['scores_until_at'].isoformat()}"
        payload = {"call_id": str(board["call_id"]), "until": board["scores_until_at"].isoformat()}
        await plan(work, Later(REMIND, key, payload, at))
