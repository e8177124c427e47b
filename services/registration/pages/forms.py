"""Forms of the pages read into the same bodies as the API takes, through the same gate."""

from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile

from shared.refusals import Refused
from shared.web.forms import LARGEST_FORM, read_form, read_upload
from shared.web.json_gate import BodyIsTooLarge

from ..refusals.nominations import RosterIsTooLarge
from ..roster.reading import MOST_BYTES

ABOUT_ONE_FIELD = {
    "already-nominated": "officer_reference",
    "priority-is-taken": "priority",
    "phone-is-not-valid": "phone",
}
OPTIONAL = ("unit_name", "rank_title", "rank_band", "email", "phone")


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a form, blank ones left out. Raises what `read_form` raises."""
    fields = await read_form(request)
    return {name: value for name, value in fields.items() if value.strip()}


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
    told = {name: fields[name] for name in OPTIONAL if name in fields}
    return {
        "officer_reference": fields.get("officer_reference", "").strip(),
        "names": _names(fields),
        "sex": fields.get("sex", ""),
        "unit": fields.get("unit", ""),
        "language": fields.get("language", ""),
        "wants_sms": "wants_sms" in fields,
        **told,
    }


def priority_of(fields: dict[str, str]) -> int | None:
    """The number in the field, or None where there is none."""
    written = fields.get("priority", "").strip()
    return int(written) if written.isdecimal() and len(written) < 10 else None


def faults_by_field(refusal: Refused | None) -> dict[str, str]:
    """What was refused, by the field of the form that it is about."""
    if refusal is None:
        return {}
    of_all = ABOUT_ONE_FIELD.get(refusal.code())
    faults = {_field(fault.path): fault.code for fault in refusal.faults}
    return {of_all: refusal.code()} if of_all else faults


def _field(path: str) -> str:
    """`officer.names.1.given` is typed into the field of the given name in Arabic script."""
    *before, last = path.split(".")
    if before[-2:-1] == ["names"]:
        return f"{last}_name_ar" if before[-1] == "1" else f"{last}_name"
    return last


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
