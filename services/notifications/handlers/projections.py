"""Keeps what other services said of activities, sessions, enrolments and calendars."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

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
from shared.keeping import keep_newest

from ..tables import activity, calendar, enrolment, session
from .reminders import replan_for_countries, replan_reminders, take_turn


async def keep_activities(work: Work, facts: Sequence[Fact[ActivityDescribed]]) -> None:
    """Newest: what a message may say of an activity, and whose it is."""
    await take_turn(work)
    for activity_id in sorted(await keep_newest(work, activity, facts)):
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
    await take_turn(work)
    written = await keep_newest(work, enrolment, facts)
    officers: dict[UUID, set[UUID]] = {}
    for event in [fact.event for fact in facts if fact.event.enrolment_id in written]:
        officers.setdefault(event.activity_id, set()).add(event.person_id)
    for activity_id in sorted(officers):
        await replan_reminders(work, activity_id, officers[activity_id])


async def keep_calendars(work: Work, facts: Sequence[Fact[CalendarDescribed]]) -> None:
    """Newest: working days by country. Raises `CalendarIsMalformed`."""
    for fact in facts:
        WorkingCalendar.from_json(fact.event.calendar)
    await take_turn(work)
    await replan_for_countries(work, sorted(await keep_newest(work, calendar, facts)))


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
