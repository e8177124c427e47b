"""An OpenAPI 3.1 document told in the words of 3.0, which are all that the page of the
documentation can show."""

from collections.abc import Mapping
from typing import Any

_NAMED = ("properties", "schemas", "paths", "responses", "content", "securitySchemes")


def as_openapi_30(document: Mapping[str, Any]) -> dict[str, Any]:
    """The same document for readers of OpenAPI 3.0."""
    return {**_told(document), "openapi": "3.0.3"}


def _told(part: Any) -> Any:
    if isinstance(part, list):
        return [_told(one) for one in part]
    if not isinstance(part, dict):
        return part
    told = {
        name: {key: _told(one) for key, one in inner.items()} if name in _NAMED else _told(inner)
        for name, inner in part.items()
    }
    return _bounds(_constant(_several(_nothing(told))))


def _nothing(schema: dict[str, Any]) -> dict[str, Any]:
    """`null` as one of several is a mark of its own."""
    kinds = schema.get("anyOf")
    if schema.get("type") == "null":
        return {**schema, "type": "string", "nullable": True, "enum": [None]}
    if not isinstance(kinds, list) or not any(_is_nothing(one) for one in kinds):
        return schema
    others = [one for one in kinds if not _is_nothing(one)]
    told = {name: value for name, value in schema.items() if name != "anyOf"}
    if len(others) == 1 and "$ref" not in others[0]:
        return {**others[0], **told, "nullable": True}
    return {**told, "anyOf": others, "nullable": True}


def _is_nothing(kind: Mapping[str, Any]) -> bool:
    return bool(kind.get("nullable")) and kind.get("enum") == [None]


def _several(schema: dict[str, Any]) -> dict[str, Any]:
    """A list whose places differ is a list of any of them."""
    kinds = schema.pop("prefixItems", None)
    return schema if kinds is None else {**schema, "items": {"anyOf": kinds}}


def _constant(schema: dict[str, Any]) -> dict[str, Any]:
    if isinstance(schema.get("const"), str | int | float):
        schema["enum"] = [schema.pop("const")]
    return schema


def _bounds(schema: dict[str, Any]) -> dict[str, Any]:
    for outside, inside in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        bound = schema.get(outside)
        if isinstance(bound, int | float) and not isinstance(bound, bool):
            schema |= {inside: bound, outside: True}
    return schema
