"""June: joining instructions, reminders, five days in Amman, one changed room, attendance."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from ..stage import Stage, in_english

INSTRUCTIONS = date(2018, 6, 5)
REMINDER_DAYS = (date(2018, 6, 19), date(2018, 6, 20), date(2018, 6, 21))
ROOM_CHANGES = date(2018, 6, 25)
JOINING = "/scheduling/joining/"


def send_joining_instructions(stage: Stage) -> None:
    """Everyone confirmed is told how to join; what is discreet stands behind a link."""
    stage.story.move_to(INSTRUCTIONS, "09:00")
    address = f"/scheduling/activities/{stage.activity_id}/joining-instructions"
    stage.cast.coordinator.post(address)
    stage.story.settle()
    told = stage.mail.with_link_to(JOINING)
    stage.expect("officers with joining instructions", len(told), len(_enrolled(stage)))
    with stage.cast.visitor() as visitor:
        visitor.open(next(iter(told.values())))
    stage.teller.done(f"Joining instructions go to {in_english(len(told), 'officer')}")


def let_reminders_fire(stage: Stage) -> None:
    """Three working days before, as each reader's country counts them."""
    before = len(stage.mail.received())
    for day in REMINDER_DAYS:
        stage.story.move_to(day, "09:05")
    fired = len(stage.mail.received()) - before
    stage.teller.done(
        f"{in_english(fired, 'reminder')} fire three working days ahead, country by country"
    )


def hold_the_days(stage: Stage) -> None:
    """Session by session, attendance by whoever teaches; on Monday a room changes for Tuesday."""
    enrolled = _enrolled(stage)
    references = {one["person_id"]: one["officer_reference"] for one in stage.nominations()}
    for day, sessions in groupby(stage.sessions, key=lambda one: one["starts"][:10]):
        for session in sessions:
            stage.story.move_to(date.fromisoformat(day), _shortly_after(session["ends"]))
            _take_attendance(stage, session, enrolled, references)
        if day == ROOM_CHANGES.isoformat():
            _change_the_room(stage)
    stage.story.settle()
    stage.teller.done(
        f"{in_english(len(stage.sessions), 'session')} held, with attendance of "
        f"{in_english(len(enrolled), 'officer')} at each"
    )


def _take_attendance(
    stage: Stage,
    session: Mapping[str, Any],
    enrolled: Sequence[Any],
    references: Mapping[str, str],
) -> None:
    otherwise = {
        one["officer"]: one["status"]
        for one in stage.course.events["not_present"]
        if one["session"] == session["number"]
    }
    marks = [
        {
            "person_id": place["person_id"],
            "status": otherwise.get(references[place["person_id"]], "present"),
        }
        for place in enrolled
    ]
    instructor = stage.cast.instructor(session["instructor"])
    instructor.post(f"/scheduling/sessions/{session['id']}/attendance", {"records": marks})


def _change_the_room(stage: Stage) -> None:
    """One session moves; those who take part are told, and nobody else."""
    stage.story.settle()
    before = len(stage.mail.received(channel="email"))
    change = stage.course.events["changed_room"]
    session = next(one for one in stage.sessions if one["number"] == change["session"])
    coordinator = stage.cast.coordinator
    address = f"/scheduling/sessions/{session['id']}"
    coordinator.patch(address, {"room": change["room"]}, version=session["version"])
    stage.story.settle()
    told = stage.mail.received(channel="email")[before:]
    concerned = {stage.address_of(one["person_id"]) for one in _enrolled(stage)}
    stage.expect("told of the new room", {mail["to"] for mail in told}, concerned)
    stage.teller.done(
        f"Tuesday's morning session moves to room {change['room']}: "
        f"{in_english(len(told), 'officer')} concerned are told, nobody else"
    )


def _enrolled(stage: Stage) -> Sequence[Any]:
    address = f"/scheduling/activities/{stage.activity_id}/enrolments"
    places = stage.cast.coordinator.listed(address)
    return [one for one in places if one["status"] == "enrolled"]


def _shortly_after(local: str) -> str:
    """A quarter of an hour after a local time on the same day, as a clock shows it."""
    hours, minutes = int(local[11:13]), int(local[14:16]) + 15
    return f"{hours + minutes // 60:02}:{minutes % 60:02}"
