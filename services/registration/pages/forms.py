"""Forms of the pages read into the same bodies as the API takes, through the same gate."""

import json
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import UploadFile

from shared.refusals import Refused
from shared.web.body import read_body
from shared.web.json_gate import BodyIsTooLarge, read_json
from shared.web.problems import FieldsAreNotValid, faults_of

from ..refusals import RosterIsTooLarge
from ..roster.reading import MOST_BYTES

B = TypeVar("B", bound=BaseModel)
FIELDS = 40
LARGEST_FORM = 64 * 1024
ABOUT_ONE_FIELD = {
    "already-nominated": "officer_reference",
    "priority-is-taken": "priority",
    "phone-is-not-valid": "phone",
}
OPTIONAL = ("unit_name", "rank_title", "rank_band", "email", "phone")


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a form, blank ones left out; none is sent twice. Raises `BodyIsTooLarge`,
    `FieldsAreNotValid`."""
    body = await read_body(request)
    if len(body) > LARGEST_FORM:
        raise BodyIsTooLarge
    try:
        pairs = parse_qsl(body.decode(), errors="strict", max_num_fields=FIELDS)
    except ValueError:
        raise FieldsAreNotValid from None
    if len(dict(pairs)) < len(pairs):
        raise FieldsAreNotValid
    return {name: value for name, value in pairs if value.strip()}


async def roster_in(request: Request) -> tuple[str, bytes]:
    """The party and the file of an upload. Raises `RosterIsTooLarge`."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > MOST_BYTES + LARGEST_FORM:
        raise RosterIsTooLarge
    form = await request.form(max_files=1, max_fields=FIELDS)
    party, file = form.get("party"), form.get("roster")
    content = await file.read(MOST_BYTES + 1) if isinstance(file, UploadFile) else b""
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


def body_of(model: type[B], document: dict[str, Any]) -> B:
    """A body, checked as if it had come as JSON. Raises `FieldsAreNotValid`."""
    gated = read_json(json.dumps(document).encode())
    try:
        return model.model_validate_json(json.dumps(gated))
    except ValidationError as error:
        raise FieldsAreNotValid(faults=faults_of(error.errors())) from None


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
