"""Every message says the same in four languages, and no more than its reader may see."""

from datetime import date, datetime
from pathlib import Path

import pytest
from babel import Locale
from jinja2 import meta

from services.notifications.rendering import (
    MESSAGES,
    PlannedDays,
    PlannedMoment,
    RenderedEmail,
    render_email,
    render_sms,
)
from services.notifications.rendering.messages import LANGUAGES
from services.notifications.rendering.phrases import environment
from services.notifications.rendering.sms_length import encoding_of, sms_length, sms_parts
from services.notifications.rendering.template_files import (
    FOLDER,
    layout_strings,
    message_template,
)

pytestmark = pytest.mark.gate

TITLE, PLACE, CITY = "Interview skills", "Hotel Petra", "Amman"
DETAILS = {
    "title": TITLE,
    "place": PLACE,
    "dates": PlannedDays(date(2018, 6, 24), date(2018, 6, 28)),
}
LINK = "https://cadre.example.org/registration/offers/" + "x" * 44
LONGEST_MOMENT = PlannedMoment(datetime.fromisoformat("2018-11-24T23:59"), "Asia/Amman")
VALUES: dict[str, object] = {
    "reference": "AMM-2018-01",
    "link": LINK,
    "deadline": LONGEST_MOMENT,
    "answer_by": LONGEST_MOMENT,
    "scores_until": LONGEST_MOMENT,
    "starts": LONGEST_MOMENT,
    "selected": 11,
    "waitlisted": 2,
    "not_selected": 11,
    "reason": "expired",
    "accepted": True,
    "activity_takes_place": False,
    "other_reference": "AMM-2018-02",
    "seat": 7,
    "minimum_seats": 15,
    "filled": 11,
}
NOT_TAKING_PLACE = {
    "ar": "لن يُقام",
    "en": "does not take place",
    "es": "no tendrá lugar",
    "fr": "n’aura pas lieu",
}
in_every_language = pytest.mark.parametrize("language", LANGUAGES)
of_every_message = pytest.mark.parametrize("message", MESSAGES)


def values_for(message: str, **more: object) -> dict[str, object]:
    return {name: VALUES[name] for name in MESSAGES[message]} | more


def mail(message: str, language: str, **more: object) -> RenderedEmail:
    return render_email(message, language, "JO", values_for(message, **more), sender_name="Desk")


def variables_of(message: str, language: str) -> set[str]:
    parse = environment("text", Locale.parse(language)).parse
    sources = message_template(message, language).sources()
    return set[str]().union(*(meta.find_undeclared_variables(parse(each)) for each in sources))


def test_every_folder_is_a_message_and_every_message_has_exactly_four_languages() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()}

    files = {(path.parent.name, path.stem) for path in FOLDER.glob("*/*.toml")}

    assert folders == {*MESSAGES, "layout"}
    assert files == {(folder, language) for folder in folders for language in LANGUAGES}


@of_every_message
@in_every_language
def test_a_message_uses_the_same_variables_and_keys_in_every_language(
    message: str, language: str
) -> None:
    english, here = message_template(message, "en"), message_template(message, language)

    used = variables_of(message, language) - {"plural"}

    assert used == variables_of(message, "en") - {"plural"}
    assert used <= MESSAGES[message] - {"link"} | {"officer_reference"}
    assert MESSAGES[message] - {"link"} <= used
    assert (len(here.lines), here.action is None) == (len(english.lines), english.action is None)


@in_every_language
def test_every_layout_has_the_same_strings(language: str) -> None:
    expected = layout_strings("en").keys()

    strings = layout_strings(language)

    assert strings.keys() == expected
    assert all(strings.values())


@of_every_message
@in_every_language
def test_a_discreet_mail_shows_no_topic_no_place_and_no_dates(message: str, language: str) -> None:
    written = mail(message, language, open=False, **DETAILS)

    everything = written.subject + written.text + written.html

    assert "AMM-2018-01" in written.subject
    assert LINK in written.text
    assert f'href="{LINK}"' in written.html
    assert not [word for word in (TITLE, PLACE, CITY, "Jordan", "الأردن") if word in everything]
    assert "None" not in everything


@of_every_message
@in_every_language
def test_an_open_mail_shows_topic_place_and_dates(message: str, language: str) -> None:
    written = mail(message, language, open=True, **DETAILS)

    shown = [part for part in (written.text, written.html) if TITLE in part and PLACE in part]

    assert len(shown) == 2
    assert layout_strings(language)["dates"] in written.text


@of_every_message
@in_every_language
def test_a_mail_about_an_officer_of_a_closed_activity_is_never_open(
    message: str, language: str
) -> None:
    written = mail(message, language, open=True, officer_reference="JO-2018-014", **DETAILS)

    everything = written.subject + written.text + written.html

    assert TITLE not in everything
    assert ("JO-2018-014" in written.text) == (
        "officer_reference" in variables_of(message, language)
    )


@of_every_message
def test_arabic_is_written_in_arabic_and_every_line_of_it_begins_so(message: str) -> None:
    written = mail(message, "ar")

    lines = [line for line in written.text.splitlines() if "ا" <= line.lstrip("\u2068")[:1] <= "ي"]

    assert (written.direction, written.language) == ("rtl", "ar")
    assert '<html lang="ar" dir="rtl">' in written.html
    assert "\u2068AMM-2018-01\u2069" in written.text
    assert "<bdi>AMM-2018-01</bdi>" in written.html
    assert "\u0621" <= written.subject[0] <= "\u064a"
    assert len(lines) >= 8


@of_every_message
@in_every_language
def test_every_action_has_a_label_and_the_link_is_written_out_too(
    message: str, language: str
) -> None:
    label = message_template(message, language).action

    written = mail(message, language)

    assert label
    assert f">{label}</a>" in written.html
    assert f">{LINK}</a>" in written.html


@of_every_message
@pytest.mark.parametrize(
    ("language", "country", "encoding", "longest"),
    [
        ("en", "JO", "gsm7", 160),
        ("fr", "MA", "gsm7", 160),
        ("es", None, "gsm7", 160),
        ("ar", "JO", "ucs2", 70),
        ("ar", "MA", "ucs2", 70),
    ],
)
def test_the_words_of_an_sms_fit_into_one_part(
    message: str, language: str, country: str | None, encoding: str, longest: int
) -> None:
    sms = render_sms(message, language, country, values_for(message))

    words, link = sms.text.split("\n")

    assert link == LINK
    assert (encoding_of(words), sms.encoding) == (encoding, encoding)
    assert sms_length(words) <= longest
    assert sms.parts <= (2 if encoding == "gsm7" else 3)


@of_every_message
@in_every_language
@pytest.mark.parametrize("month", range(1, 13))
def test_no_month_and_no_closed_activity_pushes_the_words_over_two_parts(
    message: str, language: str, month: int
) -> None:
    late = PlannedMoment(datetime.fromisoformat(f"2018-{month:02}-24T23:59"), "Asia/Kathmandu")
    moments = dict.fromkeys(
        MESSAGES[message] & {"deadline", "answer_by", "scores_until", "starts"}, late
    )

    sms = render_sms(
        message, language, "JO", values_for(message, officer_reference="JO-2018-014", **moments)
    )

    assert sms_parts(sms.text.split("\n")[0]) <= 2
    assert sms.encoding == ("ucs2" if language == "ar" else "gsm7")


@in_every_language
def test_who_loses_a_seat_is_not_told_that_the_activity_does_not_take_place(language: str) -> None:
    ended, goes_on = ({"activity_takes_place": takes_place} for takes_place in (False, True))

    mails = [mail("seat_taken_back", language, **told) for told in (ended, goes_on)]
    sms = render_sms(
        "seat_taken_back", language, "JO", values_for("seat_taken_back", **goes_on)
    ).text.split("\n")[0]

    assert mails[0].text != mails[1].text
    assert sms_parts(sms) == 1
    assert not [word for word in (TITLE, PLACE, CITY, "None") if word in mails[1].text]
    words = NOT_TAKING_PLACE[language]
    assert words in mails[0].text
    assert words not in mails[1].subject + mails[1].text + sms


@in_every_language
def test_another_run_is_named_and_no_place_in_it_is_promised(language: str) -> None:
    written = mail("other_run_offered", language)

    place = {"ar": "مكان", "en": "place", "es": "plaza", "fr": "place"}[language]

    assert "AMM-2018-02" in written.text
    assert place not in written.subject
    without = mail("other_run_offered", language, other_reference="")
    assert ", ," not in without.text
    assert "()" not in without.text


def test_templates_hold_no_markup_and_no_link() -> None:
    files = [path for path in FOLDER.glob("*/*.toml") if path.parent.name != "layout"]

    marked = [path for path in files if _holds_markup(path)]

    assert not marked


def _holds_markup(path: Path) -> bool:
    text = path.read_text("utf-8")
    return any(sign in text for sign in ("<", ">", "http", "{{ link", "safe"))
