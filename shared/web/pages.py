"""Server-rendered pages: one chrome, four languages, right-to-left where the language is."""

import gettext
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlencode

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from shared.contracts.event import LANGUAGES, Language, Localized
from shared.web.dates import written_in
from shared.web.problems import Problem

HERE = Path(__file__).parent
LANGUAGE_COOKIE = "cadre_language"
LANGUAGE_NAMES: Mapping[Language, str] = {
    "ar": "العربية",
    "en": "English",
    "fr": "Français",
    "es": "Español",
}


class Pages:
    """Renders the templates of one service inside the chrome that all services share.

    A folder holds `pages/*.html` templates and `pages/locale/<language>.po`.
    """

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._environments = {language: _environment(language, folders) for language in LANGUAGES}

    def show(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        prefer: Language | None = None,
        **values: Any,
    ) -> HTMLResponse:
        """A page in the reader's language; in the one preferred, where none is asked for."""
        asked = request.query_params.get("lang") in LANGUAGES
        language = prefer if prefer and not asked else language_of(request)
        values.setdefault("specimen", _is_sample(request))
        rendered = (
            self._environments[language]
            .get_template(template)
            .render(
                request=request,
                language=language,
                direction="rtl" if language == "ar" else "ltr",
                languages=LANGUAGE_NAMES,
                same_page_in=partial(_same_page_in, request),
                signed_in="cadre_session" in request.cookies,
                **values,
            )
        )
        page = HTMLResponse(rendered, status)
        if asked:
            page.set_cookie(LANGUAGE_COOKIE, language, max_age=31_536_000, samesite="lax")
        return page

    def also(self, folder: Path) -> "Pages":
        """These pages and those of another folder; where both have one, these."""
        return self if folder in self._folders else Pages(*self._folders, folder)

    def translate(self, language: Language) -> Callable[[str], str]:
        """Says these pages' words in a language where no template is rendered, as in a file."""
        roots = [folder / "pages" for folder in self._folders]
        return _translations((HERE, *roots), language).gettext

    def macros(self, language: Language, template: str) -> Any:
        """The macros of a template, to say in a language what a page says where none is shown."""
        return self._environments[language].get_template(template).module

    def show_problem(self, request: Request, problem: Problem) -> HTMLResponse:
        """A refusal as a page."""
        return self.show(request, "problem.html", status=problem.status, problem=problem)


def pages_of(request: Request) -> Pages:
    """The pages of the service that is asked."""
    pages: Pages = request.app.state.pages
    return pages


def show(
    request: Request,
    template: str,
    *,
    status: int = 200,
    prefer: Language | None = None,
    **values: Any,
) -> HTMLResponse:
    """A page of the service that is asked, as `Pages.show` has it."""
    return pages_of(request).show(request, template, status=status, prefer=prefer, **values)


def words_for(request: Request) -> Callable[[str], str]:
    """How to say words of the pages to the reader."""
    return pages_of(request).translate(language_of(request))


def language_of(request: Request) -> Language:
    """The reader's language: asked for, remembered, or the browser's first that we speak."""
    asked = [request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)]
    accepted = request.headers.get("accept-language", "").split(",")
    asked += [one.split(";")[0].strip()[:2].lower() for one in accepted]
    for one in asked:
        if one in get_args(Language):
            return one  # type: ignore[return-value]
    return "en"


def _same_page_in(request: Request, language: Language) -> str:
    """The address of this page in a language, whatever it was reached under."""
    others = [one for one in request.query_params.multi_items() if one[0] != "lang"]
    return f"?{urlencode([*others, ('lang', language)])}"


def _is_sample(request: Request) -> bool:
    """Whether the installation tells a story: every page says that its names are invented."""
    state = request.app.state
    context = getattr(state, "context", None)
    return bool(getattr(state, "specimen", context is not None and context.clock.is_story))


def localized(text: Localized | None, language: str) -> str:
    """A text in a language, or else in English, or in whatever there is."""
    if not text:
        return ""
    return text.get(language) or text.get("en") or next(iter(text.values()))


def isolated(value: object) -> Markup:
    """A name, number or reference kept apart from the direction of the text around it."""
    return Markup("<bdi>{}</bdi>").format(value)


@lru_cache(maxsize=64)
def _translations(folders: Sequence[Path], language: str) -> gettext.NullTranslations:
    merged: gettext.NullTranslations = gettext.NullTranslations()
    for folder in folders:
        source = folder / "locale" / f"{language}.po"
        if source.exists():
            with source.open("rb") as lines:
                compiled = BytesIO()
                write_mo(compiled, read_po(lines, locale=language))
            found = gettext.GNUTranslations(BytesIO(compiled.getvalue()))
            found.add_fallback(merged)
            merged = found
    return merged


@lru_cache(maxsize=64)
def _environment(language: Language, folders: Sequence[Path]) -> Environment:
    roots = [folder / "pages" for folder in folders]
    environment = Environment(
        loader=ChoiceLoader(
            [*(FileSystemLoader(root) for root in roots), FileSystemLoader(HERE / "templates")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    translations = _translations((HERE, *roots), language)
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.globals["isolated"] = isolated
    environment.filters.update(
        localized=lambda text: localized(text, language),
        isolated=isolated,
        **written_in(language),
        lines=lambda text: Markup("<br>").join(escape(one) for one in str(text).splitlines()),
    )
    return environment
