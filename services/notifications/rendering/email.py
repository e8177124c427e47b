"""A mail: subject, text part and HTML part, all from the same lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from .direction import Direction, direction_of
from .formats import locale_of
from .messages import OPEN_DETAILS, what_the_reader_may_see
from .phrases import Medium, fill_in
from .template_files import MessageTemplate, layout_source, layout_strings, message_template


@dataclass(frozen=True)
class RenderedEmail:
    """A mail ready to send; `language` is BCP 47."""

    subject: str
    text: str
    html: str
    language: str
    direction: Direction


def render_email(
    message: str,
    language: str,
    locale_country: str | None,
    variables: Mapping[str, object],
    *,
    sender_name: str,
) -> RenderedEmail:
    """Render in a language, with the dates and digits of the reader's country (ISO alpha-2).

    Raises UnknownMessage, VariablesDoNotFit, jinja2.UndefinedError.
    """
    template = message_template(message, language)
    seen = what_the_reader_may_see(message, variables)
    locale = locale_of(language, locale_country)
    page: dict[str, object] = {
        "strings": layout_strings(language),
        "language": language,
        "direction": direction_of(language),
        "sender_name": " ".join(sender_name.split()),
        "link": seen.pop("link"),
        "subject": fill_in(template.subject, "text", locale, seen),
    }
    text = _laid_out("mail.txt", page | _parts(template, "text", locale, seen))
    html = _laid_out("mail.html", page | _parts(template, "html", locale, seen))
    return RenderedEmail(str(page["subject"]), text, html, language, direction_of(language))


def _parts(
    template: MessageTemplate, medium: Medium, locale: Locale, seen: Mapping[str, object]
) -> dict[str, object]:
    def written(source: str) -> str:
        filled = fill_in(source, medium, locale, seen)
        return Markup(filled) if medium == "html" else filled  # noqa: S704 (escaped by Jinja)

    strings = layout_strings(locale.language)
    shown = [name for name in ("reference", *OPEN_DETAILS) if seen[name] is not None]
    return {
        "lines": [line for line in map(written, template.lines) if line],
        "action": written(template.action) if template.action else None,
        "details": [(strings[name], written(f"{{{{ {name} }}}}")) for name in shown],
    }


def _laid_out(name: str, page: Mapping[str, object]) -> str:
    return _layout(name).render(page)


@lru_cache
def _layout(name: str) -> Template:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=name.endswith(".html"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.from_string(layout_source(name))
