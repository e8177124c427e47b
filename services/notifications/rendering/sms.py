"""An SMS: one short text, then the link on a line of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from .direction import Direction, direction_of
from .formats import locale_of
from .messages import what_the_reader_may_see
from .phrases import fill_in
from .sms_length import Encoding, encoding_of, sms_parts
from .template_files import message_template


@dataclass(frozen=True)
class RenderedSms:
    """An SMS ready to send, and what it costs."""

    text: str
    encoding: Encoding
    parts: int
    language: str
    direction: Direction


def render_sms(
    message: str,
    language: str,
    locale_country: str | None,
    variables: Mapping[str, object],
) -> RenderedSms:
    """Render in a language, with the dates and digits of the reader's country (ISO alpha-2).

    Raises UnknownMessage, VariablesDoNotFit, jinja2.UndefinedError.
    """
    template = message_template(message, language)
    seen = what_the_reader_may_see(message, variables)
    link = seen.pop("link")
    words = fill_in(template.sms, "sms", locale_of(language, locale_country), seen)
    text = f"{_without_dear_letters(words, language)}\n{link}"
    return RenderedSms(text, encoding_of(text), sms_parts(text), language, direction_of(language))


def _without_dear_letters(words: str, language: str) -> str:
    """French month names: `aout` is a spelling of 1990 and keeps the text in the 7-bit alphabet."""
    return words.replace("û", "u") if language == "fr" else words
