"""The records that the accounts are kept from, fetched from where they are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .stage import Stage
from .story import SERVICES

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Records:
    """What the services and the receiving server say of the play, as JSON gave it."""

    nominations: Sequence[Row]
    enrolments: Sequence[Row]
    figures: Mapping[str, Row]
    """What each service committed, purged and took in, by type."""
    archived: Mapping[str, int]
    """Rows of the archive by type."""
    archive: Sequence[Row]
    messages: Sequence[Row]
    """What notifications says it had to send."""
    received: Sequence[Row]
    """What the receiving server logged."""
    persons: Mapping[str, Row]
    """Everyone known, by id."""


def fetch(stage: Stage) -> Records:
    """All of it, when nothing is on its way any more."""
    stage.story.settle()
    auditor, coordinator, admin = stage.cast.auditor, stage.cast.coordinator, stage.cast.admin
    return Records(
        nominations=stage.nominations(),
        enrolments=list(
            coordinator.listed(f"/scheduling/activities/{stage.activity_id}/enrolments")
        ),
        figures={service: auditor.get(f"/{service}/figures") for service in SERVICES},
        archived=auditor.get("/reporting/archive/figures")["by_type"],
        archive=list(auditor.listed("/reporting/archive")),
        messages=list(auditor.listed("/notifications/messages")),
        received=stage.mail.received(),
        persons={one["id"]: one for one in admin.listed("/registration/persons")},
    )


def recipient_of(row: Row) -> str:
    """Who an archived event says is written to: an officer, or a focal point for them."""
    told = row["body"]["data"]
    return str(told.get("recipient_id") or told.get("person_id") or "")
