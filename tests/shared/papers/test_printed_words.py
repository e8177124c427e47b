"""Language, locale, dates and digits of a paper follow its reader."""

from datetime import date
from decimal import Decimal

import pytest

from shared.papers.paper_language import direction, in_language, paper_language, paper_locale
from shared.papers.printed import printed_date, printed_hours, printed_span

JUNE_24, JUNE_28, JULY_2 = date(2018, 6, 24), date(2018, 6, 28), date(2018, 7, 2)


@pytest.mark.parametrize(
    ("preferred", "language"),
    [
        *(("ar", "ar"), ("ar-JO", "ar"), ("FR_ma", "fr"), ("es-419", "es")),
        *(("pt", "en"), ("", "en"), (None, "en")),
    ],
)
def test_a_paper_is_in_the_officers_language_or_in_english(
    preferred: str | None, language: str
) -> None:
    answer = paper_language(preferred)

    assert answer == language


@pytest.mark.parametrize(
    ("language", "country", "first", "last", "printed"),
    [
        ("en", None, JUNE_24, JUNE_24, "24 June 2018"),
        ("en", "JO", JUNE_24, JUNE_28, "24–28 June 2018"),
        ("en", "US", JUNE_24, JUNE_28, "June 24, 2018 – June 28, 2018"),
        ("fr", "MA", JUNE_24, JULY_2, "24 juin – 2 juillet 2018"),
        ("es", None, JUNE_24, JULY_2, "24 de junio – 2 de julio de 2018"),
        ("en", None, date(2018, 12, 30), date(2019, 1, 3), "30 December 2018 – 3 January 2019"),
        ("ar", "JO", JUNE_24, JUNE_28, "٢٤–٢٨ حزيران ٢٠١٨"),
        ("ar", "MA", JUNE_24, JUNE_28, "24–28 يونيو 2018"),
        ("ar", "DZ", JUNE_24, JULY_2, "24 جوان – 2 جويلية 2018"),
        ("ar", "XX", JUNE_24, JUNE_24, "24 يونيو 2018"),
    ],
)
def test_days_read_as_in_the_country(
    language: str, country: str | None, first: date, last: date, printed: str
) -> None:
    locale = paper_locale(language, country)

    answer = printed_span(first, last, locale)

    assert answer == printed


def test_one_day_has_the_digits_of_the_country() -> None:
    jordan, morocco = paper_locale("ar", "JO"), paper_locale("ar", "MA")

    printed = printed_date(JULY_2, jordan), printed_date(JULY_2, morocco)

    assert printed == ("٢ تموز ٢٠١٨", "2 يوليوز 2018")


@pytest.mark.parametrize(
    ("language", "country", "hours", "printed"),
    [
        ("en", None, "1", "1 hour"),
        ("fr", None, "7.5", "7,5\u00a0heures"),
        ("ar", "JO", "30", "٣٠ ساعة"),
        ("ar", "JO", "5", "٥ ساعات"),
        ("ar", "EG", "7.5", "٧٫٥ ساعة"),
        ("ar", "MA", "2", "ساعتان"),
    ],
)
def test_hours_take_the_plural_form_of_the_language(
    language: str, country: str | None, hours: str, printed: str
) -> None:
    locale = paper_locale(language, country)

    answer = printed_hours(Decimal(hours), locale)

    assert answer == printed


def test_a_text_missing_in_the_language_is_taken_in_english_then_in_any() -> None:
    texts = {"fr-MA": "Rabat (fr)", "en": "Rabat"}

    answers = [in_language(texts, language) for language in ("fr", "ar", "en")]

    assert answers == ["Rabat (fr)", "Rabat", "Rabat"]
    assert in_language({"es": "Madrid", "en": " "}, "ar") == "Madrid"
    assert in_language({}, "ar") == ""


@pytest.mark.parametrize(
    ("text", "expected"), [("Layla", "ltr"), ("ليلى", "rtl"), ("24 يونيو", "rtl"), ("(1)", "ltr")]
)
def test_direction_is_that_of_the_first_letter(text: str, expected: str) -> None:
    answer = direction(text)

    assert answer == expected
