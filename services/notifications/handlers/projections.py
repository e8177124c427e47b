"""Keeps what other services said of activities, sessions, enrolments and calendars."""

from collections.abc import Sequence
from typing import Any

from shared.calendar import WorkingCalendar
from shared.context import Work
from shared.contracts import Fact
from shared.contracts.scheduling import (
    ActivityDescribed,
    CalendarDescribed,
    EnrolmentState,
    SessionState,
)
from shared.database import upsert_newest

from ..tables import activity, calendar, enrolment, session
from .reminders import replan_for_countries, replan_reminders, take_turn


async def keep_activities(work: Work, facts: Sequence[Fact[ActivityDescribed]]) -> None:
    """Newest: what a message may say of an activity, and whose it is."""
    kept = [column.name for column in activity.columns if column.name not in ("id", "sequence")]
    rows = [
        {
            "id": fact.event.activity_id,
            **fact.event.model_dump(include=set(kept)),
            "sequence": fact.sequence,
        }
        for fact in facts
    ]
    await take_turn(work)
    written = await upsert_newest(work.connection, activity, rows)
    work.stale += len(rows) - len(written)
    for (activity_id,) in sorted(written):
        await replan_reminders(work, activity_id)


async def keep_sessions(work: Work, facts: Sequence[Fact[SessionState]]) -> None:
    """Newest: when sessions begin, and whom they concern."""
    rows = [_session(fact) for fact in facts]
    await take_turn(work)
    written = {key for (key,) in await upsert_newest(work.connection, session, rows)}
    work.stale += len(rows) - len(written)
    for activity_id in sorted({row["activity_id"] for row in rows if row["id"] in written}):
        await replan_reminders(work, activity_id)


async def keep_enrolments(work: Work, facts: Sequence[Fact[EnrolmentState]]) -> None:
    """Newest: who takes part."""
    rows: list[dict[str, Any]] = [
        {
            "id": fact.event.enrolment_id,
            "activity_id": fact.event.activity_id,
            "person_id": fact.event.person_id,
            "status": fact.event.status,
            "sequence": fact.sequence,
        }
        for fact in facts
    ]
    await take_turn(work)
    written = {key for (key,) in await upsert_newest(work.connection, enrolment, rows)}
    work.stale += len(rows) - len(written)
    changed = [row for row in rows if row["id"] in written]
    for activity_id in sorted({row["activity_id"] for row in changed}):
        officers = {row["person_id"] for row in changed if row["activity_id"] == activity_id}
        await replan_reminders(work, activity_id, officers)


async def keep_calendars(work: Work, facts: Sequence[Fact[CalendarDescribed]]) -> None:
    """Newest: working days by country. Raises `CalendarIsMalformed`."""
    rows = []
    for fact in facts:
        WorkingCalendar.from_json(fact.event.calendar)
        rows.append({**fact.event.model_dump(), "sequence": fact.sequence})
    await take_turn(work)
    written = await upsert_newest(work.connection, calendar, rows)
    work.stale += len(rows) - len(written)
    await replan_for_countries(work, sorted(country for (country,) in written))


def _session(fact: Fact[SessionState]) -> dict[str, Any]:
    event = fact.event
    concerned = event.participant_ids
    return {
        "id": event.session_id,
        "activity_id": event.activity_id,
        "number": event.number,
        "starts_at": event.starts.instant,
        "starts_local": event.starts.local.isoformat(),
        "zone": event.starts.zone,
        "participant_ids": None if concerned is None else sorted(map(str, concerned)),
        "state": event.state,
        "sequence": fact.sequence,
    }
