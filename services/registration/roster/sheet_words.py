"""What a sheet says, in the words of a language: headings, lists to choose from, how to fill it in.

`_` says a text in the language. What is said here is understood when the sheet comes back."""

from collections.abc import Callable, Mapping
from typing import Any

Say = Callable[[str], str]
BETWEEN = "; "


def headings(_: Say) -> Mapping[str, str]:
    """The columns of a sheet, in their order."""
    return {
        "priority": _("priority"),
        "officer_reference": _("officer reference"),
        "given_name": _("given name in Latin letters"),
        "family_name": _("family name in Latin letters"),
        "given_name_ar": _("given name in Arabic"),
        "family_name_ar": _("family name in Arabic"),
        "sex": _("sex"),
        "unit": _("unit"),
        "unit_name": _("name of the unit"),
        "rank_title": _("rank"),
        "rank_band": _("rank band"),
        "specialisms": _("specialisms"),
        "language": _("language"),
        "languages": _("working languages"),
        "serving_since": _("serving since"),
        "email": _("email"),
        "phone": _("phone"),
        "sms": _("SMS"),
        "declaration": _("declaration"),
        "declared_on": _("declaration signed on"),
    }


def sexes(_: Say) -> Mapping[str, str]:
    """Female, male, not stated."""
    return {"female": _("female"), "male": _("male"), "not_stated": _("not stated")}


def units(_: Say) -> Mapping[str, str]:
    """Kinds of units; specialisms go by the same words."""
    return {
        "immigration": _("immigration"),
        "counter_smuggling": _("counter-smuggling"),
        "anti_trafficking": _("anti-trafficking"),
        "border_management": _("border management"),
        "biometrics": _("biometrics"),
        "criminal_intelligence": _("criminal intelligence"),
        "investigation": _("investigation"),
        "open_source": _("open sources"),
        "training": _("training"),
        "ncb": _("national central bureau"),
        "project_management": _("project management"),
        "other": _("other"),
    }


def rank_bands(_: Say) -> Mapping[str, str]:
    """Junior, middle, senior."""
    return {"junior": _("junior"), "mid": _("middle"), "senior": _("senior")}


def languages(_: Say) -> Mapping[str, str]:
    """The languages that officers are written to in."""
    return {"ar": _("Arabic"), "en": _("English"), "fr": _("French"), "es": _("Spanish")}


def yes_and_no(_: Say) -> Mapping[str, str]:
    """Yes and no."""
    return {"yes": _("yes"), "no": _("no")}


def in_words(column: str, value: Any, say: Say) -> str:
    """What a cell holds, its codes in words; a code nobody has words for stays as it is."""
    said = WORDS_OF[column](say) if column in WORDS_OF else {}
    several = value if isinstance(value, list | tuple) else [value]
    return BETWEEN.join(said.get(one, str(one)) for one in several)


WORDS_OF: Mapping[str, Callable[[Say], Mapping[str, str]]] = {
    "sex": sexes,
    "unit": units,
    "rank_band": rank_bands,
    "specialisms": units,
    "language": languages,
    "languages": languages,
    "sms": yes_and_no,
}
"""The columns whose codes have words."""


def instruction(_: Say) -> str:
    """How to fill in the sheet, in the line above the headings."""
    return _(
        "Give each officer you nominate a priority: 1 for the first choice, then 2, 3 and so on. "
        "Rows without a priority are not read. Add others below. Fill in the columns marked with "
        "*: they are required, or count in this call. Leave the headings as they are."
    )


def hints(_: Say) -> Mapping[str, str]:
    """What is shown beside a cell of some columns, while it is written in."""
    several = _("Choose one, or write several with ; between them.")
    return {
        "specialisms": several,
        "languages": several,
        "serving_since": _("A day as 2010-03-31, or the year alone."),
        "declaration": _("Which version of the declaration the officer signed."),
        "declared_on": _("A day as 2010-03-31."),
    }


def choose_from_the_list(_: Say) -> str:
    """What is shown where something else was written."""
    return _("Choose from the list.")


def name_of_sheet(_: Say) -> str:
    """What the sheet is called."""
    return _("Officers")
