"""Forms of pages: bounded, read as text, and then through the same models as JSON."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from fastapi import Request
from pydantic import BaseModel, ValidationError

from shared.web.body import read_body
from shared.web.json_gate import BodyIsTooLarge
from shared.web.problems import FieldsAreNotValid, faults_of

T = TypeVar("T", bound=BaseModel)
LARGEST_FORM = 64 * 1024
MOST_FIELDS = 1_000


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form; of one sent twice, the last. Raises `BodyIsTooLarge`,
    `FieldsAreNotValid`."""
    body = await read_body(request)
    if len(body) > LARGEST_FORM:
        raise BodyIsTooLarge(f"At most {LARGEST_FORM} bytes are taken.")
    try:
        text = body.decode()
        return dict(parse_qsl(text, errors="strict", max_num_fields=MOST_FIELDS))
    except ValueError:
        raise FieldsAreNotValid("The form can not be read.") from None


def as_asked(model: type[T], document: Mapping[str, Any]) -> T:
    """The fields of a form as the API takes them. Raises `FieldsAreNotValid`."""
    try:
        return model.model_validate_json(json.dumps(document))
    except ValidationError as error:
        raise FieldsAreNotValid(faults=faults_of(error.errors())) from None
