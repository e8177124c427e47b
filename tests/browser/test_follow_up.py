"""An officer with a seat fills the details in behind the link of a mail, in their language."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.places import COORDINATOR, JORDAN
from tests.browser.reader import Readers
from tests.browser.scenes import LINK, Scene, Scenes, Who
from tests.browser.words import said

pytestmark = pytest.mark.timeout(300)
SCENE, FORM, OFFER = "select_the_panel", "/registration/follow-up/", "/registration/offer/"
REFERENCE = "AMM-2018-09"
AFTER_THE_DEADLINE = datetime(2018, 6, 21, 6, tzinfo=UTC)
ASKS = ["passport", "travel", "diet", "visa_letter"]
SPACE_ABOVE_LABELS = """() => {
  const labels = [...document.querySelectorAll("form.wide label")];
  const ends = labels.map(one => one.querySelector("input, select").getBoundingClientRect().bottom);
  const starts = labels.map(one => one.firstElementChild.getBoundingClientRect().top);
  return Math.min(...starts.flatMap(top => ends.filter(end => end <= top).map(end => top - end)));
}"""
ROOM = 20
"""Between a field and the label below it, in pixels."""
DETAILS = {
    "passport.number": "n765 4321",
    "passport.country": "JO",
    "passport.expires_on": "2020-01-31",
    "travel.departs_from": "Aqaba",
    "travel.arrives_on": "2018-09-15",
    "travel.leaves_on": "2018-09-21",
    "diet.note": "nuts",
}


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_details_are_filled_in_and_a_slip_is_shown_where_it_is(
    language: str, scenes: Scenes, readers: Readers
) -> None:
    scene = await scenes(SCENE, "details")
    nomination_id, link = await a_form(scene, language)
    officer = await readers.enter(scene, language=None)
    await officer.open(link)
    shown = await officer.page.evaluate("() => [document.documentElement.lang, document.dir]")
    space = await officer.page.evaluate(SPACE_ABOVE_LABELS)
    for name, value in DETAILS.items():
        await officer.page.fill(f'[name="{name}"]', value)
    await officer.page.select_option('[name="diet.kind"]', "halal")
    await officer.page.select_option('[name="visa_letter.needed"]', "yes")

    await officer.press(said("Send the details", language))
    slip = await officer.text()
    slipped = await officer.faults()
    for name, value in (("born_on", "1990-02-03"), ("birthplace", "Irbid"), ("consulate", "Rome")):
        await officer.page.fill(f'[name="visa_letter.{name}"]', value)
    await officer.press(said("Send the details", language))

    assert shown == [language, "rtl" if language == "ar" else "ltr"]
    assert said("Please fill this in.", language) in slip
    assert slipped == []
    assert space >= ROOM
    status = await officer.page.get_by_role("status").inner_text()
    assert status == said("Thank you. Your details are complete.", language)
    assert await officer.faults() == []
    kept = await scene.get(f"/registration/nominations/{nomination_id}/follow-up", COORDINATOR)
    assert kept["details"]["passport"]["number"] == "N7654321"


async def a_form(scene: Scene, language: str) -> tuple[str, str]:
    """A nomination that was confirmed, and the path to the form that its officer was sent."""
    if "autumn" not in scene.ids:
        await _confirm(scene)
    reference = "JO-8" if language == "ar" else "JO-9"
    items = await scene.get(f"/registration/calls/{scene.ids['autumn']}/nominations")
    mine = next(one for one in items["items"] if one["officer_reference"] == reference)
    return mine["id"], await _mailed(scene, FORM, language)


async def _confirm(scene: Scene) -> None:
    """A course in autumn whose call asks for details; two officers are offered seats, and accept
    them by their mails."""
    project = await scene.get("/scheduling/activities/{activity}")
    made = await _post(
        scene,
        f"/scheduling/projects/{project['project_id']}/activities",
        {
            **{name: project[name] for name in ("kind", "delivery", "visibility", "zone")},
            **{name: project[name] for name in ("names", "city", "country", "languages")},
            "reference": REFERENCE,
            "starts_on": "2018-09-16",
            "ends_on": "2018-09-20",
            "minimum_attendance": 80,
        },
    )
    call = await _post(
        scene,
        "/registration/calls",
        {
            "activity_id": made["id"],
            "seats": 2,
            "parties": [{"party": "JO", "maximum": 2}],
            "deadline": {"local": "2018-06-20T16:00:00", "zone": "Asia/Amman"},
            "answer_working_days": 5,
            "follow_up": ASKS,
        },
    )
    for number, language in ((8, "ar"), (9, "en")):
        officer = {
            "officer_reference": f"JO-{number}",
            "names": [{"script": "Latn", "given": "Sample", "family": f"Officer {number}"}],
            "sex": "female",
            "unit": "immigration",
            "email": f"jo-{number}@police.example",
            "language": language,
        }
        body = {"party": "JO", "officer": officer, "priority": number}
        await _post(scene, f"/registration/calls/{call['id']}/nominations", body, JORDAN)
    await scene.move_story_to(AFTER_THE_DEADLINE)
    await _post(scene, f"/registration/calls/{call['id']}/selection", None)
    for language in ("ar", "en"):
        offer = await _mailed(scene, OFFER, language)
        (await scene.http.post(offer, data={"answer": "accept"})).raise_for_status()
    scene.ids["autumn"] = call["id"]  # type: ignore[index]


async def _post(scene: Scene, path: str, body: Any, who: Who = COORDINATOR) -> Any:
    """What the service answers; once more while it does not know yet what others have told."""
    headers = {"Authorization": f"Bearer {scene.token(who)}"}
    async with asyncio.timeout(30):
        while True:
            answer = await scene.http.post(path, json=body, headers=headers)
            if answer.status_code != 409 or answer.json()["code"] != "not-known-yet":
                return answer.raise_for_status().json()
            await asyncio.sleep(0.1)


async def _mailed(scene: Scene, page: str, language: str) -> str:
    """The path to a page in the mail about the course in autumn, once it has come."""
    query = {"channel": "email", "q": REFERENCE, "language": language}
    async with asyncio.timeout(30):
        while True:
            found = (await scene.http.get("/mailbox/messages", params=query)).json()["items"]
            for one in found:
                mail = (await scene.http.get(f"/mailbox/messages/{one['id']}")).json()["text"]
                paths = [urlsplit(link.rstrip(".,)")).path for link in LINK.findall(mail)]
                named: list[str] = [path for path in paths if path.startswith(page)]
                if named:
                    return named[0]
            await asyncio.sleep(0.1)
