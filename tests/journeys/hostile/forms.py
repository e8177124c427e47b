"""The forms and pages of registration that no openapi.json names, as somebody finds them who reads
the pages; each with whom it is about, and with fields as a browser would send them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi.routing import APIRoute

from services.registration import pages

from .documents import meant
from .house import House

UNNAMED = {"form": "nomination", "seat": "1"}
"""What stands in an address beside records."""


@dataclass(frozen=True)
class Form:
    """One method of one address."""

    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def names(self) -> Sequence[str]:
        """What stands in its address."""
        return re.findall(r"{(\w+)}", self.path)

    def at(self, ids: Mapping[str, str]) -> str:
        """Its address with these ids."""
        known = {**ids, **UNNAMED}
        return re.sub(r"{(\w+)}", lambda found: known[meant(found[1], self.path)], self.path)


def forms() -> Sequence[Form]:
    """All that are not in the documents."""
    hidden = [one for one in pages.routes.routes if isinstance(one, APIRoute)]
    return [
        Form(method, f"/registration{one.path}")
        for one in hidden
        if not one.include_in_schema
        for method in sorted((one.methods or set()) - {"HEAD"})
    ]


def filled_in(house: House) -> dict[str, str]:
    """Every field that any of the forms has, filled in as it should be."""
    ids = house.course.ids
    judged = ids["nomination-JO-51"]
    return {
        "party": "JO",
        "officer_reference": "JO-777",
        "given_name": "Some",
        "family_name": "Body",
        "sex": "male",
        "unit": "immigration",
        "language": "en",
        "priority": "77",
        "reason": "Because",
        "answer": "accept",
        "decision": "leave",
        "nomination_id": ids["nomination-JO-3"],
        f"conflict.{judged}": "other",
        f"score.{judged}.experience": "3",
    }


def sent(form: Form, fields: Mapping[str, str]) -> dict[str, Any]:
    """What a browser sends; a file where the form takes one."""
    if form.path.endswith("/roster"):
        file = ("roster.csv", b"officer_reference\nJO-778\n")
        return {"data": {"party": fields["party"]}, "files": {"roster": file}}
    if form.path.endswith("/decision"):
        return {"data": {**fields, "decision": "refuse"}}
    return {"data": dict(fields)}
