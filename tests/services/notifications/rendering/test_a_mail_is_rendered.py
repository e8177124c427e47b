"""What a mail looks like to its reader: dates, digits, plurals, directions, and what is refused."""

from datetime import date, datetime

import pytest
from jinja2 import UndefinedError

from services.notifications.rendering import (
    PlannedDays,
    PlannedMoment,
    RenderedEmail,
    UnknownMessage,
    VariablesDoNotFit,
    render_email,
)
from services.notifications.rendering.formats import locale_of
from services.notifications.rendering.phrases import fill_in

AUGUST = PlannedMoment(datetime.fromisoformat("2018-08-24T09:05"), "Asia/Amman")
LINK = "https://cadre.example.org/o/abc"


def an_offer(language: str, country: str | None, **variables: object) -> RenderedEmail:
    values = {"reference": "AMM-2018-01", "answer_by": AUGUST, "link": LINK} | variables
    return render_email("seat_offered", language, country, values, sender_name="Training desk")


def an_outcome(language: str, country: str | None, selected: int, waitlisted: int) -> str:
    values = {
        "reference": "AMM-2018-01",
        "selected": selected,
        "waitlisted": waitlisted,
        "link": LINK,
    }
    return render_email("outcome_announced", language, country, values, sender_name="Desk").text


@pytest.mark.parametrize(
    ("country", "written"),
    [
        ("JO", "الجمعة، ٢٤ آب ٢٠١٨، الساعة ٩:٠٥ ص (غرينتش+٣)"),
        ("EG", "الجمعة، ٢٤ أغسطس ٢٠١٨، الساعة ٩:٠٥ ص (غرينتش+٣)"),
        ("MA", "الجمعة، 24 غشت 2018، الساعة 09:05 (غرينتش+3)"),
        ("TN", "الجمعة، 24 أوت 2018، الساعة 9:05 ص (غرينتش+3)"),
        ("SE", "الجمعة، 24 أغسطس 2018، الساعة 9:05 ص (غرينتش+3)"),
        (None, "الجمعة، 24 أغسطس 2018، الساعة 9:05 ص (غرينتش+3)"),
    ],
)
def test_month_and_digits_are_those_of_the_readers_country(
    country: str | None, written: str
) -> None:
    mail = an_offer("ar", country)

    text = mail.text

    assert f"\u2068{written}\u2069" in text
    assert f"<bdi>{written}</bdi>" in mail.html


@pytest.mark.parametrize(
    ("language", "country", "written"),
    [
        ("en", "JO", "Friday, 24 August 2018 at 09:05 (GMT+3)"),
        ("en", None, "Friday, 24 August 2018 at 09:05 (GMT+3)"),
        ("fr", "MA", "vendredi 24 août 2018 à 09:05 (UTC+3)"),
        ("fr", "TN", "vendredi 24 août 2018 à 09:05 (UTC+3)"),
        ("fr", "DZ", "Référence\u00a0: AMM-2018-01"),
        ("es", None, "viernes, 24 de agosto de 2018 a las 9:05 (GMT+3)"),
    ],
)
def test_other_languages_write_the_day_before_the_month(
    language: str, country: str | None, written: str
) -> None:
    mail = an_offer(language, country)

    text = mail.text

    assert written in text
    assert "\u2068" not in text


@pytest.mark.parametrize(
    ("local", "distance"),
    [
        (datetime.fromisoformat("2026-02-10T09:00"), "GMT+1"),
        (datetime.fromisoformat("2026-03-02T09:00"), "GMT+0"),
    ],
)
def test_morocco_in_ramadan_is_an_hour_nearer_to_utc(local: datetime, distance: str) -> None:
    moment = PlannedMoment(local, "Africa/Casablanca")

    mail = an_offer("en", "MA", answer_by=moment)

    assert f"09:00 ({distance})" in mail.text


@pytest.mark.parametrize(
    ("selected", "waitlisted", "written"),
    [
        (0, 0, "ولم يُختَر أي من مرشحيكم، ولم يُدرج أحد منهم في قائمة الانتظار."),
        (1, 2, "وقد اختير مرشح واحد من مرشحيكم، وأُدرج مرشحان في قائمة الانتظار."),
        (2, 1, "وقد اختير مرشحان من مرشحيكم، وأُدرج مرشح واحد في قائمة الانتظار."),
        (3, 10, "وقد اختير ٣ مرشحين من مرشحيكم، وأُدرج ١٠ مرشحين في قائمة الانتظار."),
        (11, 99, "وقد اختير ١١ مرشحًا من مرشحيكم، وأُدرج ٩٩ مرشحًا في قائمة الانتظار."),
        (100, 102, "وقد اختير ١٠٠ مرشح من مرشحيكم، وأُدرج ١٠٢ مرشح في قائمة الانتظار."),
    ],
)
def test_arabic_counts_in_six_forms(selected: int, waitlisted: int, written: str) -> None:
    text = an_outcome("ar", "JO", selected, waitlisted)

    bare = text.replace("\u2068", "").replace("\u2069", "")

    assert written in bare


def test_none_and_one_and_many_are_said_in_english_and_french() -> None:
    english = an_outcome("en", None, 0, 1)
    french = an_outcome("fr", "MA", 1, 0)

    assert "None of your nominees was selected; 1 is on the waiting list." in english
    assert "1 de vos candidats a été retenu ; aucun ne figure" in french.replace("\u00a0", " ")


def test_what_is_put_in_can_neither_be_markup_nor_turn_the_text_around() -> None:
    title = '<img src=x onerror="alert(1)">\u202eevil\u2069 دورة'

    mail = an_offer("en", None, open=True, title=title, place=None, dates=None)

    assert "<img" not in mail.html
    assert "&lt;img" in mail.html
    assert "\u202e" not in mail.text + mail.html
    assert mail.text.count("\u2068") == mail.text.count("\u2069") == 1


def test_a_reference_with_a_line_break_stays_in_one_line_of_the_subject() -> None:
    mail = an_offer("en", None, reference="AMM\r\nBcc: a@example.org")

    assert "\n" not in mail.subject
    assert "\r" not in mail.subject


def test_days_of_an_open_activity_are_written_once_or_from_to() -> None:
    one = PlannedDays(date(2018, 6, 24), date(2018, 6, 24))
    five = PlannedDays(date(2018, 6, 24), date(2018, 6, 28))

    texts = [an_offer("en", None, open=True, dates=dates).text for dates in (one, five)]

    assert "Dates: 24 June 2018\n" in texts[0]
    assert "Dates: 24 June 2018 – 28 June 2018\n" in texts[1]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "https://a b", "https://a\nb", "", 7, None]
)
def test_only_a_plain_web_address_is_a_link(link: object) -> None:
    with pytest.raises(VariablesDoNotFit):
        an_offer("en", None, link=link)


def test_a_missing_or_unknown_variable_is_refused() -> None:
    with pytest.raises(VariablesDoNotFit, match=r"missing \['answer_by'\]"):
        render_email(
            "seat_offered", "en", None, {"reference": "A", "link": LINK}, sender_name="Desk"
        )
    with pytest.raises(VariablesDoNotFit, match=r"unknown \['name'\]"):
        an_offer("en", None, name="Somebody")


@pytest.mark.parametrize(("message", "language"), [("seat_offered", "de"), ("../layout", "en")])
def test_a_message_or_language_we_do_not_have_is_refused(message: str, language: str) -> None:
    with pytest.raises(UnknownMessage):
        render_email(message, language, None, {}, sender_name="Desk")


def test_a_value_without_a_written_form_and_an_undefined_one_are_errors() -> None:
    locale = locale_of("en", None)

    with pytest.raises(VariablesDoNotFit, match="NoneType has no written form"):
        fill_in("{{ reference }}", "text", locale, {"reference": None})
    with pytest.raises(UndefinedError):
        fill_in("{{ referense }}", "html", locale, {"reference": "A"})
