"""Pages and forms that no openapi.json names: for who has a part in them, and for nobody else."""

import re
from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from uuid import uuid4

import httpx
import pytest

from .callers import NEIGHBOUR, OUTSIDERS, headers_of, tokens_that_do_not_count
from .forms import Form, filled_in, forms, sent
from .house import House
from .samples import CANARY
from .test_links_act_once import NO_ANSWERS
from .test_pages_give_nothing_away import CANARY as ELSEWHERE
from .test_pages_give_nothing_away import faults_of_headers
from .test_parameters_are_refused import AT_A_TIME, IN_PATHS, IN_QUERIES

FORMS = forms()
POSTS = [one for one in FORMS if one.method == "POST"]
READS = [one for one in FORMS if one.method == "GET"]
RECORDS = [one for one in READS if one.names and one.names[-1] not in ("form", "seat")]
"""Pages about a record; what leads back to one tells nothing but that."""
SAME_PAGE = re.compile(r'href="\?[^"<>]*"')
"""Links to the same page in another language: they keep what stands behind the question mark, as
what leads back to a page does."""
QUESTIONS = ("after", "page", "done", "lang")


@pytest.fixture(scope="module")
def house(own_house: House) -> House:
    """What is sent here changes whatever can be changed."""
    return own_house


def test_every_form_and_page_is_tried() -> None:
    paths = {one.path for one in FORMS}

    assert {"/registration/", "/registration/calls/{call_id}/page"} <= paths
    assert "/registration/calls/{call_id}/board/page/scores" in paths
    assert "/registration/calls/{call_id}/page/seats/{seat}" in paths
    assert "/registration/change-requests/{request_id}/page/decision" in paths
    assert len(POSTS) >= 13
    assert len(RECORDS) >= 2


def test_who_is_not_signed_in_reaches_no_form(house: House) -> None:
    tokens = cycle(tokens_that_do_not_count(house).items())
    nowhere = dict.fromkeys(house.course.ids_by_field(), "not-an-id")
    wrong = []

    with house.client({"Content-Type": "text/nonsense"}) as client:
        for form in FORMS:
            name, token = next(tokens)
            for bearer in ({}, {"Authorization": f"Bearer {token}"}):
                answer = client.request(form.method, form.at(nowhere), headers=bearer)
                if (answer.status_code, code_of(answer)) != (401, "sign-in-is-needed"):
                    wrong.append(f"{form}, {name}: {answer.status_code}")

    assert wrong == []


@pytest.mark.parametrize("who", [*OUTSIDERS, "auditor", "neighbour"])
def test_nobody_does_by_a_form_what_is_not_theirs(house: House, who: str) -> None:
    ids, fields = house.course.ids_by_field(), filled_in(house)
    caller = {**OUTSIDERS, "neighbour": NEIGHBOUR, "auditor": ("auditor", None, None)}[who]
    before, wrong = standing(house), []

    with house.client(headers_of(house, caller)) as client:
        for form in POSTS:
            for accepted in ("*/*", "text/html"):
                headers = {"Accept": accepted}
                answer = client.post(form.at(ids), headers=headers, **sent(form, fields))
                if answer.status_code not in (403, 404):
                    wrong.append(f"{form}: {answer.status_code} {answer.text[:200]}")

    assert wrong == []
    assert standing(house) == before


@pytest.mark.parametrize("who", OUTSIDERS)
def test_a_page_of_others_is_as_if_it_were_not_there(house: House, who: str) -> None:
    ids = house.course.ids_by_field()
    nowhere = {name: str(uuid4()) if name.endswith("_id") else one for name, one in ids.items()}
    wrong = []

    with house.client(headers_of(house, OUTSIDERS[who])) as client:
        for form in READS:
            theirs, nobodys = (client.get(form.at(one)) for one in (ids, nowhere))
            told = [as_if_of_nobody(one, ids, nowhere) for one in (theirs, nobodys)]
            if form in RECORDS and theirs.status_code not in (403, 404):
                wrong.append(f"{form}: {theirs.status_code}")
            if form.names and told[0] != told[1]:
                wrong.append(f"{form}: {theirs.status_code}, {nobodys.status_code}")

    assert wrong == []


def test_another_sites_page_sends_no_form_with_somebodys_session(house: House) -> None:
    ids, fields = house.course.ids_by_field(), filled_in(house)
    host = house.origin.removeprefix("http://")
    session = {"Cookie": f"cadre_session={house.token('admin')}"}
    origins = (f"http://{ELSEWHERE}", "null", "", f"http://{host}.{ELSEWHERE}", None)
    before, answers = standing(house), set()

    with house.client(session) as browser:
        for form in POSTS:
            for origin in origins:
                headers = {} if origin is None else {"Origin": origin}
                answer = browser.post(form.at(ids), headers=headers, **sent(form, fields))
                answers.add((answer.status_code, code_of(answer)))

    assert answers == {(403, "request-came-from-elsewhere")}
    assert standing(house) == before


def test_addresses_of_nothing_have_no_page(house: House) -> None:
    known, in_paths, wrong = house.course.ids_by_field(), cycle(IN_PATHS), []

    with house.client(house.bearer("admin")) as admin:
        for form in FORMS:
            for name in form.names:
                for value in islice(in_paths, AT_A_TIME):
                    address = form.path.replace(f"{{{name}}}", value)
                    address = Form(form.method, address).at(known)
                    answer = admin.request(form.method, address)
                    if fault := fault_of(answer) or ("is there" if answer.is_success else None):
                        wrong.append(f"{form}, {name}={value[:20]}: {fault}")

    assert wrong == []


def test_questions_to_a_page_are_answered_or_refused(house: House) -> None:
    known, in_queries, wrong = house.course.ids_by_field(), cycle(IN_QUERIES), []

    with house.client({**house.bearer("admin"), "Accept": "text/html"}) as admin:
        for form in READS:
            for question in QUESTIONS:
                for value in islice(in_queries, AT_A_TIME):
                    answer = admin.get(f"{form.at(known)}?{question}={value}")
                    if fault := fault_of(answer):
                        wrong.append(f"{form}, {question}={value[:20]}: {fault}")

    assert wrong == []


def test_what_is_no_form_is_not_taken_for_one(house: House) -> None:
    ids, wrong = house.course.ids_by_field(), []
    bodiless = ("/withdrawal", "/submission", "/resubmission", "/selection")

    with house.client(house.bearer("admin")) as admin:
        for form in POSTS:
            if form.path.endswith(bodiless):
                continue
            for name, (media_type, content) in NO_ANSWERS.items():
                headers = {"Content-Type": media_type or ""}
                answer = admin.post(form.at(ids), content=content, headers=headers)
                if fault := fault_of(answer) or ("is taken" if answer.is_success else None):
                    wrong.append(f"{form}, {name}: {fault}")

    assert wrong == []


def test_what_is_typed_into_a_form_is_markup_nowhere_and_in_no_log(house: House) -> None:
    ids, fields = house.course.ids_by_field(), filled_in(house)
    mischief = f'{CANARY}"><script>alert(1)</script>'
    wrong = []

    with house.client({**house.bearer("admin"), "Accept": "text/html"}) as admin:
        for form in POSTS:
            for name in (*fields, "conflict.x", "score.x.y", CANARY):
                answer = admin.post(form.at(ids), **sent(form, {**fields, name: mischief}))
                if answer.status_code >= 500 or CANARY in str(answer.headers):
                    wrong.append(f"{form}, {name}: {answer.status_code}")
                if "<script>alert" in answer.text:
                    wrong.append(f"{form}, {name}: it is markup")

    assert wrong == []
    assert CANARY not in house.said()
    assert "request_failed" not in house.said()


def test_pages_keep_browsers_from_guessing_framing_and_keeping(house: House) -> None:
    ids, wrong = house.course.ids_by_field(), []

    with house.client({**house.bearer("admin"), "Accept": "text/html"}) as admin:
        for form in READS:
            answer = admin.get(form.at(ids))
            wrong += [f"{form}: {fault}" for fault in faults_of_headers(answer)]

    assert wrong == []


@pytest.mark.parametrize(
    "caller", [("auditor", None, None), ("focal_point", "JO", None), NEIGHBOUR]
)
def test_who_watches_a_lottery_adds_to_its_seed_once(house: House, caller: object) -> None:
    address = f"/registration/calls/{house.course.ids['call-DRAWN-1']}/draw/contributions"

    with house.client(headers_of(house, caller)) as client:  # type: ignore[arg-type]
        answers = [client.post(address, json={"words": "heads-or-tails"}) for _ in range(2)]

    assert answers[0].status_code == 201, answers[0].text
    assert (answers[1].status_code, code_of(answers[1])) == (409, "contribution-is-made")


def standing(house: House) -> Sequence[Mapping[str, object]]:
    """How the nominations stand that forms could change."""
    with house.client(house.bearer("admin")) as admin:
        ids = house.course.ids
        calls = [one for name, one in ids.items() if name.startswith("call-")]
        return [
            item
            for call in calls
            for item in admin.get(f"/registration/calls/{call}/nominations").json()["items"]
        ]


def code_of(answer: httpx.Response) -> str | None:
    """The code of a problem."""
    is_problem = answer.headers.get("content-type") == "application/problem+json"
    return str(answer.json()["code"]) if is_problem else None


def fault_of(answer: httpx.Response) -> str | None:
    """What no answer of a page may be, whatever was asked."""
    if answer.status_code >= 500:
        return str(answer.status_code)
    headers = "" if answer.is_redirect else str(answer.headers)
    if "KANARI" in SAME_PAGE.sub("", answer.text) + headers:
        return "says what was sent"
    return None


def as_if_of_nobody(
    answer: httpx.Response, ids: Mapping[str, str], nowhere: Mapping[str, str]
) -> tuple[int, str | None, str]:
    """What an answer tells, but for the address asked for."""
    led = answer.headers.get("location", "")
    for name, one in nowhere.items():
        led = led.replace(one, ids[name]) if name.endswith("_id") else led
    return answer.status_code, code_of(answer), led
