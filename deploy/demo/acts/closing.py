"""July: the course is closed, certificates go out, and somebody checks one."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import httpx

from ..stage import NotAsItShouldBe, Stage, in_english

DAY_OF_CLOSING = date(2018, 7, 1)
CERTIFICATE = "/scheduling/certificate/"
_NUMBER = re.compile(r"\b[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}\b")


def close_the_course(stage: Stage) -> None:
    """Who attended enough has completed, and is thanked with a link to the certificate."""
    stage.story.move_to(DAY_OF_CLOSING, "10:00")
    stage.cast.coordinator.post(f"/scheduling/activities/{stage.activity_id}/closing")
    stage.story.settle()
    places = stage.cast.coordinator.listed(f"/scheduling/activities/{stage.activity_id}/enrolments")
    completed = sum(one["status"] == "completed" for one in places)
    stage.teller.done(f"{in_english(completed, 'officer')} completed and are thanked by mail")


def look_at_a_certificate(stage: Stage) -> None:
    """An officer opens the link in the mail; somebody who is shown the paper checks it."""
    enrolled = [one["person_id"] for one in stage.nominations() if one["status"] == "confirmed"]
    holder = enrolled[0]
    link = stage.mail.link_to(stage.address_of(holder), CERTIFICATE)
    with stage.cast.visitor() as browser:
        page = _opened(browser, link)
        paper = _opened(browser, f"{link}/pdf")
        number = _NUMBER.search(page.text)
        if not paper.content.startswith(b"%PDF-") or number is None:
            raise NotAsItShouldBe("the link of a certificate does not open a numbered PDF")
        for family_name, due in ((family_name_of(stage.officer(holder)), "yes"), ("Else", "no")):
            asked = {"number": number[0], "family_name": family_name}
            answer = browser.post("/scheduling/certificates/check", json=asked)
            answer.raise_for_status()
            stage.expect("the public check", answer.json()["answer"], due)
    stage.teller.done(
        "The link of a mail opens the certificate as PDF; the public check says yes to its "
        "number and family name, and no to another's"
    )


def family_name_of(person: Mapping[str, Any]) -> str:
    """The name that stands on the paper in Latin script."""
    return next(str(one["family"]) for one in person["names"] if one["script"] == "Latn")


def _opened(browser: httpx.Client, link: str) -> httpx.Response:
    answer = browser.get(link)
    answer.raise_for_status()
    return answer
