"""Forms of the pages read into the same bodies as the API takes, through the same gate."""

from collections.abc import Awaitable
from datetime import date
from typing import Any, TypeVar

from fastapi import Request
from starlette.datastructures import UploadFile

from shared.refusals import Fault, NotFound, Refused
from shared.web.forms import LARGEST_FORM, read_form, read_upload
from shared.web.json_gate import BodyIsTooLarge

from ..imports.roster_problems import COLUMN_OF_RULE
from ..refusals.nominations import RosterIsTooLarge
from ..roster.dates import NOT_A_DAY, NOT_A_DAY_OR_YEAR, day_or_year
from ..roster.reading import MOST_BYTES

T = TypeVar("T")
ABOUT_ONE_FIELD = {
    "already-nominated": "officer_reference",
    "priority-is-taken": "priority",
    "phone-is-not-valid": "phone",
}
OPTIONAL = ("unit_name", "rank_title", "rank_band", "email", "phone")
TICKED = ("specialisms", "languages")
FIELD_OF = {"version": "declaration", "signed_on": "declared_on"}
NOT_DAYS = {"serving_since": NOT_A_DAY_OR_YEAR.code, "declared_on": NOT_A_DAY.code}


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a form, blank ones left out. Raises what `read_form` raises."""
    fields = await read_form(request)
    return {name: value for name, value in fields.items() if value.strip()}


async def done_or_refused(doing: Awaitable[T]) -> T | Refused:
    """What came of a form, or why it was refused, to be told on its page. Raises `NotFound`."""
    try:
        return await doing
    except NotFound:
        raise
    except Refused as refusal:
        return refusal


async def roster_in(request: Request) -> tuple[str, bytes]:
    """The party and the file of an upload. Raises `RosterIsTooLarge`, `TextIsNotClean`."""
    try:
        form = await read_upload(request, limit=MOST_BYTES + LARGEST_FORM)
    except BodyIsTooLarge:
        raise RosterIsTooLarge from None
    party, file = form.get("party"), form.get("roster")
    content = await file.read(MOST_BYTES + 1) if isinstance(file, UploadFile) else b""
    await form.close()
    return party if isinstance(party, str) else "", content


def officer_of(fields: dict[str, str]) -> dict[str, Any]:
    """An officer as the fields of the form describe them."""
    told: dict[str, Any] = {name: fields[name] for name in OPTIONAL if name in fields}
    told |= {name: codes for name in TICKED if (codes := _ticked(fields, name))}
    if "serving_since" in fields:
        told["serving_since"] = _as_day(fields["serving_since"])
    return {
        "officer_reference": fields.get("officer_reference", "").strip(),
        "names": _names(fields),
        "sex": fields.get("sex", ""),
        "unit": fields.get("unit", ""),
        "language": fields.get("language", ""),
        "wants_sms": "wants_sms" in fields,
        **told,
    }


def declaration_of(fields: dict[str, str]) -> dict[str, Any] | None:
    """The declaration that the fields say was signed; None where they say nothing of one."""
    named = {name: fields[field] for name, field in FIELD_OF.items() if field in fields}
    return named or None


def priority_of(fields: dict[str, str]) -> int | None:
    """The number in the field, or None where there is none."""
    written = fields.get("priority", "").strip()
    return int(written) if written.isdecimal() and len(written) < 10 else None


def faults_by_field(refusal: Refused | None) -> dict[str, str]:
    """What was refused, by the field of the form that it is about."""
    if refusal is None:
        return {}
    of_all = ABOUT_ONE_FIELD.get(refusal.code())
    return {of_all: refusal.code()} if of_all else dict(map(_told, refusal.faults))


def _told(fault: Fault) -> tuple[str, str]:
    """The field, and a code; what is no day is said so in our own words, whatever made it none."""
    field = COLUMN_OF_RULE.get(fault.code) or _field(fault.path)
    is_no_day = fault.code.startswith("date-")
    return field, NOT_DAYS.get(field, fault.code) if is_no_day else fault.code


def _field(path: str) -> str:
    """`officer.names.1.given` is typed into the field of the given name in Arabic script."""
    *before, last = path.split(".")
    if last.isdecimal():
        last = before.pop()
    if before[-2:-1] == ["names"]:
        return f"{last}_name_ar" if before[-1] == "1" else f"{last}_name"
    return FIELD_OF.get(last, last)


def _ticked(fields: dict[str, str], name: str) -> list[str]:
    """The codes of the boxes that were ticked; none says nothing of the officer."""
    return [one.removeprefix(f"{name}.") for one in fields if one.startswith(f"{name}.")]


def _as_day(text: str) -> str:
    """A day, or the first of a year, as JSON has it; the body refuses what is neither."""
    found = day_or_year(text)
    return found.isoformat() if isinstance(found, date) else text


def _names(fields: dict[str, str]) -> list[dict[str, Any]]:
    written = [("Latn", "given_name", "family_name"), ("Arab", "given_name_ar", "family_name_ar")]
    return [
        {
            "script": script,
            "given": fields.get(given, ""),
            "family": fields.get(family, ""),
            "on_passport": script == "Latn",
        }
        for script, given, family in written
        if script == "Latn" or given in fields or family in fields
    ]
