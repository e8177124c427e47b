"""Forms and files pass the gate that JSON passes, and are told apart by their bytes."""

import pytest

from tests.shared.web.diary import Diary

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MULTIPART = {"Content-Type": "multipart/form-data; boundary=x"}
KEY = {"Idempotency-Key": "7d0e-1"}


def a_part(content: bytes, disposition: str) -> bytes:
    """One part of a form with files."""
    head = f"--x\r\nContent-Disposition: form-data; {disposition}\r\n\r\n"
    return head.encode() + content + b"\r\n"


def an_upload(party: bytes = b"JO", file: bytes = b"a,b") -> bytes:
    """A form with a field and a file."""
    return (
        a_part(party, 'name="party"')
        + a_part(file, 'name="roster"; filename="roster.csv"')
        + b"--x--\r\n"
    )


async def test_fields_that_were_filled_in_are_kept_to_the_byte(diary: Diary) -> None:
    content = "a=%D8%A8+%3Cb%3E&empty=&text=line%0D%0Aline"

    answer = await diary.ask("POST", "/form", content=content, headers=FORM)

    assert answer.status_code == 204
    assert diary.doors.fields == [{"a": "ب <b>", "text": "line\r\nline"}]


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        ("a=b%00c", 400, "text-is-not-clean"),
        ("a%00=b", 400, "text-is-not-clean"),
        ("a=%1B", 400, "text-is-not-clean"),
        ("a=%C2%85", 400, "text-is-not-clean"),
        ("a=%ED%A0%80", 422, "fields-are-not-valid"),
        ("a=%FF", 422, "fields-are-not-valid"),
        ("a=1&a=2", 422, "fields-are-not-valid"),
        ("&".join(f"f{number}=1" for number in range(1_001)), 422, "fields-are-not-valid"),
        ("a=" + "b" * 65_536, 413, "body-is-too-large"),
    ],
)
async def test_form_that_is_not_text_or_has_no_end_is_refused(
    diary: Diary, content: str, status: int, code: str
) -> None:
    answer = await diary.ask("POST", "/form", content=content, headers=FORM)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert diary.doors.fields == []


async def test_file_is_read_with_the_fields_beside_it(diary: Diary) -> None:
    answer = await diary.ask("POST", "/upload", content=an_upload(), headers=MULTIPART)

    assert answer.status_code == 204
    assert diary.doors.fields == [{"party": "JO", "roster": b"a,b"}]


async def test_upload_that_is_not_clean_or_too_large_is_refused(diary: Diary) -> None:
    wrong = {
        an_upload(party=b"J\x00"): 400,
        an_upload(file=b"a" * 2_000): 413,
        an_upload()[:-7] + an_upload(): 422,
        b"--y--": 422,
    }

    for content, status in wrong.items():
        answer = await diary.ask("POST", "/upload", content=content, headers=MULTIPART)
        assert (content, answer.status_code) == (content, status), answer.text
    assert diary.doors.fields == []


async def test_key_of_another_form_or_file_is_refused(diary: Diary) -> None:
    for path, headers, first, second in (
        ("/form", FORM, b"answer=accept", b"answer=decline"),
        ("/upload", MULTIPART, an_upload(), an_upload(file=b"c,d")),
    ):
        answers = [
            await diary.ask("POST", path, content=content, headers={**headers, **KEY})
            for content in (first, first, second)
        ]

        assert [answer.status_code for answer in answers] == [204, 204, 422]
        assert answers[1].headers["idempotent-replayed"] == "true"
        assert answers[2].json()["code"] == "idempotency-key-reused"
    assert len(diary.doors.fields) == 2
