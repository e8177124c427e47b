"""A person's name as a reader of some language expects it."""

from collections.abc import Mapping, Sequence
from typing import Any

Name = Mapping[str, Any]


def full_name(names: Sequence[Name], language: str) -> str:
    """The name in the script of the language, as on the passport where so marked; "" where none
    is known any more."""
    wanted = "Arab" if language == "ar" else "Latn"
    fitting = sorted(names, key=lambda one: (one["script"] != wanted, not one["on_passport"]))
    return _written(fitting[0]) if fitting else ""


def names_by_script(names: Sequence[Name]) -> dict[str, str]:
    """The full name in each script, as on the passport where so marked."""
    ordered = sorted(names, key=lambda one: bool(one["on_passport"]))
    return {one["script"]: _written(one) for one in ordered}


def _written(name: Name) -> str:
    return f"{name['given']} {name['family']}".strip()
