"""April to May: countries nominate, a panel is selected within every quota, officers answer."""

from datetime import date
from typing import Any

from ..stage import NotAsItShouldBe, Stage, in_english

ROSTERS_ARRIVE, NOMINATED_SINGLY = date(2018, 4, 12), date(2018, 4, 25)
AFTER_THE_DEADLINE, FREED_SEAT_ANSWERED = date(2018, 5, 13), date(2018, 5, 16)
OFFICERS_ANSWER = date(2018, 5, 14)
OFFER = "/registration/offer/"


def upload_rosters(stage: Stage) -> None:
    """Six focal points upload what their spreadsheets wrote."""
    stage.story.move_to(ROSTERS_ARRIVE, "10:00")
    nominated, encodings = 0, set()
    for party, content in stage.course.rosters.items():
        taken = _upload(stage, party, content)
        nominated += taken["nominated"]
        encodings.add(taken["encoding"])
    party, content = next(iter(stage.course.rosters.items()))
    _upload(stage, party, content)
    stage.expect("nominations after the same file again", len(stage.nominations()), nominated)
    stage.teller.done(
        f"{in_english(len(stage.course.rosters), 'country', 'countries')} upload "
        f"{in_english(nominated, 'officer')} as CSV ({', '.join(sorted(encodings))}); "
        "one file sent twice changes nothing"
    )


def nominate_singly(stage: Stage) -> None:
    """Three focal points type their officers in."""
    stage.story.move_to(NOMINATED_SINGLY, "11:00")
    for nomination in stage.course.one_by_one:
        point = stage.cast.focal_point(nomination["party"])
        point.post(f"/registration/calls/{stage.call_id}/nominations", nomination)
    stage.story.settle()
    parties = {nomination["party"] for nomination in stage.course.one_by_one}
    stage.teller.done(
        f"{in_english(len(parties), 'country', 'countries')} type in "
        f"{in_english(len(stage.course.one_by_one), 'officer')} one by one"
    )


def select_the_panel(stage: Stage) -> None:
    """After the deadline: the best panel within every quota; the others wait."""
    stage.story.move_to(AFTER_THE_DEADLINE, "09:30")
    stage.cast.coordinator.post(f"/registration/calls/{stage.call_id}/selection")
    stage.story.settle()
    seats = stage.cast.coordinator.get(f"/registration/calls/{stage.call_id}/seats")
    chosen = [one for one in stage.nominations() if one["status"] == "selected"]
    women = sum(one["sex"] == "female" for one in chosen)
    stage.teller.done(
        f"{in_english(len(chosen), 'officer')} selected within every quota, {women} of them "
        f"women; {seats['waitlisted']} wait; every seat is offered by mail"
    )


def answer_the_offers(stage: Stage) -> None:
    """Officers open the link in their mail and answer; one says no."""
    stage.story.move_to(OFFICERS_ANSWER, "10:00")
    declines = stage.course.events["declines"]
    chosen = [one for one in stage.nominations() if one["status"] == "selected"]
    for nomination in chosen:
        answer = "decline" if nomination["officer_reference"] == declines else "accept"
        _answer_by_mail(stage, nomination, answer)
    stage.story.settle()
    said_no = [one for one in stage.nominations() if one["status"] == "declined"]
    stage.expect("officers who declined", [one["officer_reference"] for one in said_no], [declines])
    stage.teller.done(f"{len(chosen) - 1} accept by the link in their mail, one declines")


def fill_the_freed_seat(stage: Stage) -> None:
    """The seat went to the next who keeps every quota, who accepts."""
    stage.story.move_to(FREED_SEAT_ANSWERED, "10:00")
    promoted = [one for one in stage.nominations() if one["status"] == "selected"]
    stage.expect("officers offered the freed seat", len(promoted), 1)
    _answer_by_mail(stage, promoted[0], "accept")
    stage.story.settle()
    seats = stage.cast.coordinator.get(f"/registration/calls/{stage.call_id}/seats")
    stage.expect("seats confirmed", seats["confirmed"], stage.course.plan["call"]["seats"])
    country = stage.course.countries[promoted[0]["party"]]["en"]
    stage.teller.done(
        f"The freed seat is offered to the next who keeps every quota, from {country}; accepted"
    )


def _upload(stage: Stage, party: str, content: bytes) -> Any:
    address = f"/registration/calls/{stage.call_id}/rosters"
    return stage.cast.focal_point(party).upload(address, content, "text/csv", party=party)


def _answer_by_mail(stage: Stage, nomination: Any, answer: str) -> None:
    """What an officer does: find the mail, look at the page, press the button."""
    address = stage.address_of(nomination["person_id"])
    link = stage.mail.link_to(address, OFFER)
    with stage.cast.visitor() as visitor:
        if 'name="answer"' not in visitor.open(link).text:
            raise NotAsItShouldBe("the page of an offer has no form to answer with")
        visitor.send_form(link, answer=answer)
