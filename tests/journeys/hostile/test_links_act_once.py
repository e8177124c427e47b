"""Links in mails: scanners open them and nothing happens; what was changed, is foreign or too old
opens nothing; an answer is taken once."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest

from services.embedded.installation import open_installation
from shared.links import Links

from .house import House

NOW = datetime(2018, 3, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=9)
FORM = "application/x-www-form-urlencoded"
NO_ANSWERS: dict[str, tuple[str | None, bytes]] = {
    "JSON": ("application/json", b'{"answer": "accept"}'),
    "nothing": (FORM, b""),
    "neither yes nor no": (FORM, b"answer=maybe"),
    "yes in another field": (FORM, b"answers=accept"),
    "not UTF-8": (FORM, b"answer=%ff"),
    "NUL": (FORM, b"answer=acc%00ept"),
    "100,000 fields": (FORM, b"a=1&" * 100_000),
    "3 MB": (FORM, b"answer=" + b"x" * 3_000_000),
    "multipart without end": ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
    "multipart without boundary": ("multipart/form-data", b"--x\r\n"),
    "both yes and no": (FORM, b"answer=accept&answer=decline"),
    "a file": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="answer"; filename="a"\r\n\r\n'
        b"accept\r\n--x--",
    ),
}


@pytest.fixture
def visitor(house: House) -> Iterator[httpx.Client]:
    """Whoever holds a link."""
    with house.client() as client:
        yield client


def test_scanners_may_open_a_link_as_often_as_they_like(
    house: House, visitor: httpx.Client
) -> None:
    link, before = house.course.links["offer-live-JO"], standing(house)

    for method in ("GET", "HEAD", "OPTIONS") * 10:
        assert visitor.request(method, link).status_code in (200, 405)

    assert standing(house) == before


def test_a_link_that_is_not_whole_or_not_ours_opens_nothing(
    house: House, visitor: httpx.Client
) -> None:
    before, answers = standing(house), {}

    for name, code in foreign_codes(house).items():
        for service, purpose in (("registration", "offer"), ("scheduling", "certificate")):
            address = f"/{service}/{purpose}/{code}"
            answers[name, purpose] = visitor.get(address)
        answers[name, "POST"] = visitor.post(
            f"/registration/offer/{code}", data={"answer": "accept"}
        )

    codes = {"link-is-not-valid", "link-has-expired", "not-found", "text-is-not-clean"}
    assert {one.status_code for one in answers.values()} <= {400, 404, 410}
    assert {one.json()["code"] for one in answers.values()} <= codes
    assert answers["expired", "POST"].json()["code"] == "link-has-expired"
    assert standing(house) == before


@pytest.mark.parametrize("sent", NO_ANSWERS)
def test_what_is_no_answer_is_not_taken_for_one(
    house: House, visitor: httpx.Client, sent: str
) -> None:
    media_type, content = NO_ANSWERS[sent]
    before = standing(house)

    answer = visitor.post(
        house.course.links["offer-live-JO"],
        content=content,
        headers={"Content-Type": media_type or ""},
    )

    assert answer.status_code in (400, 413, 415, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert standing(house) == before


async def test_of_twenty_answers_at_once_one_is_taken(house: House) -> None:
    async with httpx.AsyncClient(base_url=house.origin, timeout=60) as visitor:
        link = house.course.links["offer-live-TN"]
        answers = await asyncio.gather(
            *(
                visitor.post(link, data={"answer": ("accept", "decline")[number % 2]})
                for number in range(20)
            )
        )
        after = [
            await visitor.post(link, data={"answer": answer}) for answer in ("accept", "decline")
        ]

    assert Counter(one.status_code for one in answers) == {200: 1, 409: 19}
    assert {one.json()["code"] for one in after} == {"offer-is-not-live"}


@pytest.mark.parametrize("link", ["offer-decline", "offer-accept"])
def test_an_answer_stands_whatever_is_sent_later(
    house: House, visitor: httpx.Client, link: str
) -> None:
    before = standing(house)

    answers = [
        visitor.post(house.course.links[link], data={"answer": answer}).status_code
        for answer in ("accept", "decline")
    ]

    assert set(answers) <= {409, 410}
    assert standing(house) == before


def test_a_certificate_is_checked_a_few_times_and_then_later(house: House) -> None:
    transport = httpx.HTTPTransport(local_address="127.0.9.9")
    asked = {"number": "AAAA-BBBB-CCCC-DDDD", "family_name": "KANARI"}

    with httpx.Client(base_url=house.origin, transport=transport) as guesser:
        answers = [guesser.post("/scheduling/certificates/check", json=asked) for _ in range(14)]

    assert [one.json().get("answer") for one in answers[:10]] == ["no"] * 10
    assert {(one.status_code, one.json().get("code")) for one in answers[11:]} == {
        (429, "too-many-checks")
    }
    assert "retry-after" in answers[-1].headers


def test_a_persona_link_is_used_up_by_entering_only(house: House, visitor: httpx.Client) -> None:
    with house.client(house.bearer("admin")) as admin:
        link = admin.post("/personas", json={"role": "auditor"}).json()["link"]

    scanned = [visitor.request(method, link).status_code for method in ("HEAD", "OPTIONS")]
    entered = [visitor.get(link).status_code for _ in range(2)]

    assert scanned == [405, 405]
    assert entered == [303, 410]


def foreign_codes(house: House) -> dict[str, str]:
    """Codes that were changed, or signed by or for something else."""
    installation = open_installation(house.folder)
    ours = Links(installation.link_keys("registration")[0], "", "registration")
    theirs = Links(installation.link_keys("scheduling")[0], "", "scheduling")
    stranger = Links(b"x" * 32, "", "registration")
    code = house.course.links["offer-live-JO"].rsplit("/", 1)[-1]
    offer = ours.check("offer", code, NOW)
    return {
        "expired": ours.code("offer", offer, NOW - timedelta(seconds=1)),
        "of another purpose": ours.code("certificate", offer, LATER),
        "of another service": theirs.code("offer", offer, LATER),
        "of another installation": stranger.code("offer", offer, LATER),
        "of nothing": ours.code("offer", UUID(int=7), LATER),
        "good until a later time": code[:25] + ("A" if code[25] != "A" else "B") + code[26:],
        "of something else": ours.code("offer", UUID(house.course.ids["call-HELD-1"]), LATER),
        "cut short": code[:-1],
        "longer": f"{code}A",
        "padded": f"{code}=",
        "in other case": code.swapcase(),
        "in other letters": "é" * 20,
        "with NUL": f"{code}%00",
        "very long": "A" * 5_000,
        "a path": "..%2f..%2fcalls",
    }


def standing(house: House) -> str:
    """How the nominations of both calls stand that had offers."""
    with house.client(house.bearer("coordinator")) as client:
        return "".join(
            client.get(f"/registration/calls/{house.course.ids[call]}/nominations").text
            for call in ("call-OFFERED-1", "call-HELD-1")
        )
