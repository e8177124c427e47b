"""Parts of an SMS: the GSM alphabet, its costly characters, UCS-2 and surrogate pairs."""

import pytest

from services.notifications.rendering import encoding_of, render_sms, sms_parts


@pytest.mark.parametrize(
    ("text", "encoding", "parts"),
    [
        ("", "gsm7", 1),
        ("a" * 160, "gsm7", 1),
        ("a" * 161, "gsm7", 2),
        ("a" * 306, "gsm7", 2),
        ("a" * 307, "gsm7", 3),
        ("€" * 80, "gsm7", 1),
        ("€" * 81, "gsm7", 2),
        ("€" * 152, "gsm7", 2),
        ("€" * 153, "gsm7", 3),
        ("à é è ù ì ò ñ ä ö ü Ç É ¿ ¡", "gsm7", 1),
        ("ç" + "a" * 69, "ucs2", 1),
        ("ê" + "a" * 70, "ucs2", 2),
        ("ب" * 70, "ucs2", 1),
        ("ب" * 71, "ucs2", 2),
        ("ب" * 134, "ucs2", 2),
        ("ب" * 135, "ucs2", 3),
        ("😀" * 35, "ucs2", 1),
        ("😀" * 36, "ucs2", 2),
        ("😀" * 66, "ucs2", 2),
        ("😀" * 67, "ucs2", 3),
    ],
)
def test_a_text_is_billed_as_so_many_parts(text: str, encoding: str, parts: int) -> None:
    measured = (encoding_of(text), sms_parts(text))

    assert measured == (encoding, parts)


def test_the_link_stands_alone_on_the_last_line_without_marks() -> None:
    values = {"reference": "AMM-2018-01", "link": "https://cadre.example.org/o/abc"}

    sms = render_sms("session_changed", "ar", "JO", values)

    assert sms.text.splitlines()[1:] == ["https://cadre.example.org/o/abc"]
    assert "\u2068AMM-2018-01\u2069" in sms.text.splitlines()[0]
    assert (sms.encoding, sms.direction, sms.language) == ("ucs2", "rtl", "ar")
