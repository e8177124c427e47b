"""The course as data: complete in four languages, as the source says, and marked as invented."""

from typing import Any

import pytest

from deploy.demo.course import HERE, Course, read_course

LANGUAGES = {"ar", "en", "es", "fr"}
COUNTRIES = {"AE", "DZ", "EG", "IQ", "JO", "MA", "PS", "QA", "TN"}


@pytest.fixture
def course() -> Course:
    return read_course()


def test_every_text_stands_in_four_languages(course: Course) -> None:
    plan, parties = course.plan, course.parties

    texts: list[Any] = [
        *(one["names"] for one in parties["countries"]),
        parties["organiser"]["names"],
        parties["donor"]["names"],
        plan["project"]["names"],
        plan["activity"]["names"],
        plan["activity"]["city"],
        plan["venue"]["names"],
        plan["venue"]["address"],
        *plan["modules"].values(),
    ]

    assert all(set(text) == LANGUAGES and all(text.values()) for text in texts)


def test_nine_countries_nominate_by_file_or_one_by_one_and_none_twice(course: Course) -> None:
    by_file = set(course.rosters)
    singly = {one["party"] for one in course.one_by_one}

    assert set(course.countries) == COUNTRIES
    assert by_file | singly == COUNTRIES
    assert not by_file & singly
    assert {one["party"] for one in course.people["focal_points"]} == COUNTRIES


def test_five_days_from_sunday_to_thursday_have_a_morning_and_an_afternoon(course: Course) -> None:
    sessions = course.plan["sessions"]

    days = [one["starts"][:10] for one in sessions]

    assert days == sorted(days)
    assert sorted(set(days)) == [f"2018-06-{day}" for day in range(24, 29)]
    assert len(sessions) == 2 * len(set(days))
    assert {one["module"] for one in sessions} == set(course.plan["modules"])


@pytest.mark.parametrize(
    ("party", "encoding", "separator"),
    [
        ("DZ", "utf-8-sig", ";"),
        ("EG", "cp1256", ";"),
        ("IQ", "utf-8-sig", ","),
        ("JO", "utf-8", ","),
        ("MA", "utf-8", ";"),
        ("TN", "cp1252", ";"),
    ],
)
def test_rosters_are_written_as_the_read_me_says(
    course: Course, party: str, encoding: str, separator: str
) -> None:
    content = course.rosters[party]

    text = content.decode(encoding)

    assert all(line.count(separator) >= 12 for line in text.splitlines())
    assert content.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    if encoding.startswith("cp"):
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")


def test_addresses_and_numbers_ring_nowhere(course: Course) -> None:
    written = {
        party: content.decode({"EG": "cp1256", "TN": "cp1252"}.get(party, "utf-8"))
        for party, content in course.rosters.items()
    }
    digits = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789", " ")

    for officers in written.values():
        for line in officers.splitlines()[1:]:
            assert ".example" in line
            assert "120255501" in line.translate(digits)
    for nomination in course.one_by_one:
        assert nomination["officer"]["email"].endswith(".example")
        assert nomination["officer"]["phone"].startswith("+120255501")


@pytest.mark.parametrize("file", ["parties.toml", "people.toml", "course.toml", "events.toml"])
def test_every_file_says_what_of_it_is_invented(file: str) -> None:
    text = (HERE / file).read_text(encoding="utf-8")

    assert "INVENTED" in text
    assert "INVENTED" in (HERE / "README.md").read_text(encoding="utf-8")
