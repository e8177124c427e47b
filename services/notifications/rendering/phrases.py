"""The sandboxed Jinja environments: what `{{ … }}` writes in a text part, in HTML and in an SMS."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final, Literal

from babel import Locale
from jinja2 import StrictUndefined, Template, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from . import formats
from .direction import direction_of, isolate_in_html, isolate_in_text
from .formats import PlannedDays, PlannedMoment
from .messages import VariablesDoNotFit

Medium = Literal["text", "html", "sms"]
_NO_BREAK_SPACES: Final = str.maketrans("\u00a0\u202f", "  ")


@dataclass(frozen=True)
class CountedPhrase:
    """A phrase in the language of the message, with `{n}` where the number stands."""

    form: str
    count: int


def fill_in(source: str, medium: Medium, locale: Locale, variables: Mapping[str, object]) -> str:
    """Render one text to one line; in HTML everything put in is escaped and isolated."""
    written = _compiled(source, medium, str(locale)).render(variables)
    if medium == "sms":
        written = written.translate(_NO_BREAK_SPACES)
    return re.sub("[ \t\r\n]+", " ", written).strip(" ")


def environment(medium: Medium, locale: Locale) -> ImmutableSandboxedEnvironment:
    """Undefined variables, and values that have no written form, are errors."""
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=medium == "html",
        finalize=partial(_write, medium=medium, locale=locale),
    )
    made.globals = {"plural": partial(_plural, locale=locale)}
    return made


@lru_cache(maxsize=4096)
def _compiled(source: str, medium: Medium, locale: str) -> Template:
    return environment(medium, Locale.parse(locale)).from_string(source)


def _plural(count: int, *, locale: Locale, **forms: str) -> CountedPhrase:
    return CountedPhrase(formats.plural_form(count, forms, locale), count)


def _write(value: object, *, medium: Medium, locale: Locale) -> str:
    if isinstance(value, Undefined):
        return str(value)
    isolate: Callable[[str], str] = isolate_in_html
    if medium != "html":
        isolate = partial(isolate_in_text, direction=direction_of(locale.language))
    if isinstance(value, CountedPhrase):
        before, mark, after = value.form.partition("{n}")
        count = isolate(formats.number(value.count, locale)) if mark else ""
        frame = "{}{}{}" if medium != "html" else Markup("{}{}{}")
        return frame.format(before, count, after)
    return isolate(_in_words(value, medium, locale))


def _in_words(value: object, medium: Medium, locale: Locale) -> str:
    match value:
        case PlannedMoment():
            in_short = medium == "sms"
            return (formats.moment_in_short if in_short else formats.moment)(value, locale)
        case PlannedDays():
            return formats.days(value, locale)
        case int() if not isinstance(value, bool):
            return formats.number(value, locale)
        case str():
            return " ".join(value.split())
    raise VariablesDoNotFit(f"{type(value).__name__} has no written form")
