"""The fields of an event as rows of a table: path, type in a few words, meaning, marks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `path` is `deadline.zone` for a field within a field, `quotas[].value` in a list.

    `values` are the only ones it may have; empty: any.
    """

    path: str
    type: str
    means: str
    required: bool
    secret: bool
    personal: bool
    values: tuple[str, ...] = ()


def fields_of(schema: Schema, within: str = "") -> list[Field]:
    """All fields of an object, each followed by those within it."""
    return list(_fields(schema, within))


def _fields(schema: Schema, within: str) -> Iterator[Field]:
    required = schema.get("required", ())
    for name, described in schema.get("properties", {}).items():
        path, stated = f"{within}{name}", _stated(described)
        items = stated.get("items", {})
        yield Field(
            path=path,
            type=_type(stated),
            means=described.get("description", ""),
            required=name in required,
            secret=bool(described.get("secret") or stated.get("secret")),
            personal=bool(described.get("personal")),
            values=_values(stated) or _values(items),
        )
        yield from _fields(stated, f"{path}.")
        yield from _fields(items, f"{path}[].")


def _stated(schema: Schema) -> Schema:
    """What a field holds when it is there: null is only the absence of a value."""
    options = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    return options[0] if options else schema


def _type(schema: Schema) -> str:
    kind = str(schema.get("format") or schema.get("type") or "any")
    if kind == "array":
        return f"{_type(_stated(schema.get('items', {})))}[]"
    additional = schema.get("additionalProperties")
    if kind == "object" and isinstance(additional, Mapping):
        return f"{_type(additional)} by name"
    return kind


def _values(schema: Schema) -> tuple[str, ...]:
    fixed = [schema["const"]] if "const" in schema else schema.get("enum", ())
    return tuple(str(value) for value in fixed)
