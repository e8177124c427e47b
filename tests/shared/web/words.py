"""The words of pages and refusals as they stand in the sources, and their translations."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).parents[3]
SHARED = ROOT / "shared" / "web" / "locale"
_VARIABLE = re.compile(r"%\((\w+)\)\w|%%|%")

Words = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of templates: who it belongs to, and where its translations stand."""

    name: str
    templates: Path
    locale: Path
    owner: Path


def places() -> list[Place]:
    """Every folder of templates: of shared, its front, and each service that has pages."""
    chrome = Place("shared", SHARED.parent / "templates", SHARED, ROOT / "shared")
    pages = [*ROOT.glob("services/**/pages/*.html"), *ROOT.glob("shared/*/pages/*.html")]
    folders = sorted({one.parent for one in pages})
    return [
        chrome,
        *(
            Place(
                str(folder.parent.relative_to(ROOT)).partition("/")[2],
                folder,
                folder / "locale",
                folder.parent,
            )
            for folder in folders
        ),
    ]


def words_of_templates(place: Place) -> set[Words]:
    """Every text that a template has translated; both forms where it has a plural."""
    found: set[Words] = set()
    for template in sorted(place.templates.glob("*.html")):
        with template.open("rb") as lines:
            functions = ("_", "gettext", "ngettext")
            for _, _, message, _ in babel_extract(lines, functions, (), {"encoding": "utf-8"}):
                whole = _several(message)
                found |= {whole[0]} if len(whole) == 1 else {tuple(whole)}
    return found - {()}


def words_of_code(place: Place) -> set[Words]:
    """Every text that code has translated, as `_("…")`, for a page or a file."""
    return {
        str(call.args[0].value)
        for module in _modules(place)
        for call in ast.walk(ast.parse(module.read_text()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "_"
        and isinstance(call.args[0], ast.Constant)
    }


def titles_of_refusals(place: Place) -> set[Words]:
    """The title of every refusal that a part of the house, but no part inside it, answers with."""
    return {title for module in _modules(place) for title in _titles(ast.parse(module.read_text()))}


def translations(folder: Path, language: str) -> dict[Words, list[str]]:
    """The translations of a folder into a language: of a plural, every form."""
    source = folder / f"{language}.po"
    if not source.exists():
        return {}
    with source.open("rb") as lines:
        catalogue = read_po(lines, locale=language)
    return {
        tuple(one.id) if isinstance(one.id, list | tuple) else one.id: _several(one.string)
        for one in catalogue
        if one.id and not one.fuzzy
    }


def variables(text: str) -> set[str]:
    """The names a text leaves open."""
    return {found for found in _VARIABLE.findall(text) if found}


def _modules(place: Place) -> list[Path]:
    inside = [one.owner for one in places() if place.owner in one.owner.parents]
    return [
        module
        for module in sorted(place.owner.rglob("*.py"))
        if not any(part in module.parents for part in inside)
    ]


def _titles(tree: ast.Module) -> Iterator[str]:
    for kind in (one for one in ast.walk(tree) if isinstance(one, ast.ClassDef)):
        for statement in kind.body:
            match statement:
                case (
                    ast.Assign(targets=[ast.Name(id="title")], value=ast.Constant(value=str(title)))
                    | ast.AnnAssign(
                        target=ast.Name(id="title"), value=ast.Constant(value=str(title))
                    )
                ):
                    yield title


def _several(message: str | Sequence[str | None] | None) -> list[str]:
    several = [message] if isinstance(message, str) else message or ()
    return [one for one in several if one]
