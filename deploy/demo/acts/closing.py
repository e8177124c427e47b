"""July: the course is closed, certificates go out, and somebody checks one."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ..stage import NotAsItShouldBe, Stage, in_english
from ..story import SERVICES

DAY_OF_CLOSING = date(2018, 7, 1)
CERTIFICATE = "/scheduling/certificate/"
_NUMBER = re.compile(r"\b[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}\b")


def close_the_course(stage: Stage) -> None:
    """Who attended enough has completed, and is thanked with a link to the certificate."""
    stage.story.move_to(DAY_OF_CLOSING, "10:00")
    stage.cast.coordinator.post(f"/scheduling/activities/{stage.activity_id}/closing")
    stage.story.settle()
    completed = sum(one["status"] == "completed" for one in _enrolments(stage))
    stage.teller.done(f"{in_english(completed, 'officer')} completed and are thanked by mail")


def look_at_a_certificate(stage: Stage) -> None:
    """An officer opens the link in the mail; somebody who is shown the paper checks it."""
    enrolled = [one["person_id"] for one in stage.nominations() if one["status"] == "confirmed"]
    holder = enrolled[0]
    link = stage.mail.link_to(stage.address_of(holder), CERTIFICATE)
    with stage.cast.visitor() as visitor:
        page, paper = visitor.open(link), visitor.open(f"{link}/pdf")
        number = _NUMBER.search(page.text)
        if number is None or not paper.content.startswith(b"%PDF-"):
            raise NotAsItShouldBe("the link of a certificate does not open a numbered PDF")
        for family_name, due in ((family_name_of(stage.officer(holder)), "yes"), ("Else", "no")):
            asked = {"number": number[0], "family_name": family_name}
            answer = visitor.ask("/scheduling/certificates/check", asked).json()["answer"]
            stage.expect("the public check", answer, due)
    stage.teller.done(
        "The link of a mail opens the certificate as PDF; the public check says yes to its "
        "number and family name, and no to another's"
    )


def read_the_report(stage: Stage) -> None:
    """What donors and boards are shown: the same figures as page, as CSV and as JSON."""
    address = f"/reporting/activities/{stage.activity_id}"
    figures = stage.cast.coordinator.get(f"{address}/participation")
    table = stage.cast.coordinator.ask("GET", f"{address}/participation.csv")
    page = stage.cast.coordinator.ask("GET", f"{address}/report")
    completed = [one for one in _enrolments(stage) if one["status"] == "completed"]
    overall = figures["overall"]
    stage.expect("completed in the report", overall["completed"]["total"], len(completed))
    stage.expect("parties in the report", figures["parties_present"], len(stage.course.countries))
    if not (table.content and "<svg" in page.text):
        raise NotAsItShouldBe("the report has no table, or its page no chart")
    stage.teller.done(
        f"The report counts {overall['participations']['total']} participations of "
        f"{overall['officers']['total']} officers, {overall['completed']['women']} women among "
        "those who completed: as a page with a chart, as CSV and as JSON"
    )


def find_nothing_set_aside(stage: Stage) -> None:
    """No event waits for a person to look at it."""
    for service in SERVICES:
        letters = list(stage.cast.admin.listed(f"/{service}/deadletters"))
        stage.expect(f"events set aside by {service}", len(letters), 0)
    stage.teller.done("No event was set aside by any service")


def _enrolments(stage: Stage) -> Sequence[Any]:
    return list(
        stage.cast.coordinator.listed(f"/scheduling/activities/{stage.activity_id}/enrolments")
    )


def family_name_of(person: Mapping[str, Any]) -> str:
    """The name that stands on the paper in Latin script."""
    return next(str(one["family"]) for one in person["names"] if one["script"] == "Latn")
