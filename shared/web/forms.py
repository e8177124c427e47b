"""Forms of pages: bounded, clean, read as text, and then through the same models as JSON."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData
from starlette.types import Message

from shared.web.body import read_body
from shared.web.json_gate import refuse_unclean_texts
from shared.web.problems import FieldsAreNotValid, faults_of

T = TypeVar("T", bound=BaseModel)
LARGEST_FORM = 64 * 1024
MOST_FIELDS = 1_000
MOST_FIELDS_BESIDE_A_FILE = 40


def described_form(schema: Mapping[str, Any]) -> dict[str, Any]:
    """What the description of an address says of the form it takes."""
    content = {"application/x-www-form-urlencoded": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form that were filled in; none is sent twice.

    Raises `BodyIsTooLarge`, `FieldsAreNotValid`, `TextIsNotClean`.
    """
    body = await read_body(request, limit=LARGEST_FORM)
    try:
        pairs = parse_qsl(body.decode(), errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise FieldsAreNotValid("The form can not be read.") from None
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise FieldsAreNotValid("A field was sent twice.")
    refuse_unclean_texts(fields)
    return fields


async def read_upload(request: Request, *, limit: int) -> FormData:
    """The fields of a form and the one file in it, of `limit` bytes in all.

    Raises `BodyIsTooLarge`, `TextIsNotClean`.
    """
    body = await read_body(request, limit=limit)

    async def once() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    whole = Request(request.scope, once)
    form = await whole.form(max_files=1, max_fields=MOST_FIELDS_BESIDE_A_FILE)
    refuse_unclean_texts([part for part in form.values() if isinstance(part, str)])
    return form


def as_asked(model: type[T], document: Mapping[str, Any]) -> T:
    """What a form says as the API takes it. Raises `FieldsAreNotValid`, `TextIsNotClean`."""
    refuse_unclean_texts(document)
    try:
        return model.model_validate_json(json.dumps(document))
    except ValidationError as error:
        raise FieldsAreNotValid(faults=faults_of(error.errors())) from None
