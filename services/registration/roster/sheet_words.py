"""What a sheet says, in the words of a language: headings, lists to choose from, how to fill it in.

`_` says a text in the language. What is said here is understood when the sheet comes back."""

from collections.abc import Callable, Mapping

Say = Callable[[str], str]


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


def instruction(_: Say) -> str:
    """How to fill in the sheet, in the line above the headings."""
    return _(
        "Give each officer you nominate a priority: 1 for the first choice, then 2, 3 and so on. "
        "Rows without a priority are not read. Add others below. Write several specialisms or "
        "languages with ; between them. Leave the headings as they are."
    )


def choose_from_the_list(_: Say) -> str:
    """What is shown where something else was written."""
    return _("Choose from the list.")


def name_of_sheet(_: Say) -> str:
    """What the sheet is called."""
    return _("Officers")
