"""A reviewer scores and hands in on the page of a board."""

from datetime import UTC, datetime

import pytest

from tests.browser.places import COORDINATOR
from tests.browser.reader import Reader, Readers
from tests.browser.scenes import Scene, Scenes, Who
from tests.browser.seats import DESKTOP, PHONE
from tests.browser.words import said

pytestmark = pytest.mark.timeout(300)
SCENE, BOARD = "nominate_singly", "/registration/calls/{call}/board"
AFTER_THE_DEADLINE = datetime(2018, 5, 11, 6, tzinfo=UTC)
REVIEWER = Who("coordinator", subject="reviewer-1")


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_reviewer_scores_on_the_page_of_the_board(
    language: str, scenes: Scenes, readers: Readers
) -> None:
    scene = await scenes(SCENE, f"board in {language}")
    await before_a_board(scene)
    reviewer = await readers.enter(scene, REVIEWER, language=language)
    answer = await reviewer.open(f"{BOARD}/page")
    sound = await faults_at_either_width(reviewer)

    scores = reviewer.page.locator('select[name^="score."]')
    for number in range(await scores.count()):
        await scores.nth(number).select_option("4")
    await reviewer.press(said("Keep the scores", language))
    kept = await reviewer.page.get_by_role("status").inner_text()
    await reviewer.press(said("Hand in", language))

    assert (answer.status, sound) == (200, [])
    assert kept == said("Your scores are kept.", language)
    assert said("You have handed in.", language) in await reviewer.text()
    assert await faults_at_either_width(reviewer) == []


async def before_a_board(scene: Scene) -> None:
    """Two persons are to score the nominees, once the deadline has passed."""
    reviewers = []
    for number in (1, 2):
        person = {
            "subject": f"reviewer-{number}",
            "names": [{"script": "Latn", "given": "Sample", "family": f"Reviewer {number}"}],
            "sex": "not_stated",
            "language": "en",
        }
        reviewers.append({"person_id": (await scene.post("/registration/persons", person))["id"]})
    criteria = [
        {"code": "experience", "names": {"en": "Experience", "ar": "الخبرة"}, "weight": 2},
        {"code": "role", "names": {"en": "Role", "ar": "الدور"}, "weight": 1},
    ]
    until = {"local": "2018-05-20T12:00:00", "zone": "Asia/Amman"}
    described = {"reviewers": reviewers, "criteria": criteria, "scores_until": until}
    await scene.post(BOARD, described, COORDINATOR)
    await scene.move_story_to(AFTER_THE_DEADLINE)


async def faults_at_either_width(reader: Reader) -> list[str]:
    """What nobody should meet, on a phone and on a desk."""
    await reader.page.set_viewport_size(PHONE)
    on_a_phone = await reader.faults()
    await reader.page.set_viewport_size(DESKTOP)
    return [*on_a_phone, *await reader.faults()]
