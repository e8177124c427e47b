"""What the forms of the pages send passes the gate that JSON passes."""

from tests.services.registration.building import Registration
from tests.services.registration.course import a_course

HEADER = b"officer_reference,given_name,family_name,sex,unit,language,priority\n"
UPLOAD = {"Content-Type": "multipart/form-data; boundary=x", "Idempotency-Key": "7d0e-1"}


def an_upload(reference: str, party: str = "JO") -> bytes:
    """The form of a roster, as a browser sends it."""
    head = '--x\r\nContent-Disposition: form-data; name="party"\r\n\r\n'
    file = '--x\r\nContent-Disposition: form-data; name="roster"; filename="r.csv"\r\n\r\n'
    row = f"{reference},A,B,f,ncb,ar,1\n"
    return f"{head}{party}\r\n{file}{HEADER.decode()}{row}\r\n--x--\r\n".encode()


async def test_form_that_is_not_text_nominates_and_answers_nothing(
    registration: Registration,
) -> None:
    course = await a_course(registration)
    nomination = (await course.nominates("JO", 1))["id"]
    jordan = course.points["JO"]

    answers = [
        await jordan.post(path, data={"answer": "accept", "party": "JO", "given_name": unclean})
        for path in (
            f"/calls/{course.call_id}/page/nomination",
            f"/nominations/{nomination}/page/answer",
            f"/nominations/{nomination}/page/replacement",
            "/offer/any",
        )
        for unclean in ("a\x00b", "a\x1bb")
    ]
    roster = await jordan.post(
        f"/calls/{course.call_id}/page/roster", content=an_upload("JO-2", "J\x00"), headers=UPLOAD
    )

    assert {answer.status_code for answer in (*answers, roster)} == {400}
    assert await course.standing() == {"JO-001": "submitted"}


async def test_key_of_another_roster_is_refused(registration: Registration) -> None:
    course = await a_course(registration)
    address = f"/calls/{course.call_id}/page/roster"

    first, again, other = [
        await course.points["JO"].post(address, content=an_upload(reference), headers=UPLOAD)
        for reference in ("JO-1", "JO-1", "JO-2")
    ]

    assert (first.status_code, again.status_code, other.status_code) == (303, 303, 422)
    assert list(await course.standing()) == ["JO-1"]


async def test_roster_on_the_page_is_bounded(registration: Registration) -> None:
    course = await a_course(registration)
    address = f"/calls/{course.call_id}/page/roster"

    for more, status in ((5_000_000, 422), (5_100_000, 413)):
        content = an_upload("JO-1" + "x" * more)
        answer = await course.points["JO"].post(address, content=content, headers=UPLOAD)
        assert answer.status_code == status

    assert await course.standing() == {}
