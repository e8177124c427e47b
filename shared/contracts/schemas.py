"""The JSON Schema of an event's data: self-contained, with our own marks, in one spelling."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from shared.contracts.event import Event
from shared.contracts.meanings import meanings

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
MARKS = "x-cadre"
EXAMPLES = Path(__file__).parent / "examples"
"""One event of each type as it may travel, all of it invented; written once, read for ever."""


class Explained(GenerateJsonSchema):
    """Tells of every field, of parts as well, what it means."""

    def model_schema(self, schema: Any) -> Schema:
        made = super().model_schema(schema)
        said = meanings(schema["cls"])
        for name, one in made.get("properties", {}).items():
            if name in said:
                one["description"] = said[name]
        return made


def schema_of(event_type: type[Event]) -> Schema:
    """What may stand in `data`. `x-cadre` says who publishes it, what it is about, whether it is
    the whole state, whether it is private, and whether it is only stated anew; a field is marked
    `secret`, or `personal` in what other systems send."""
    made = event_type.model_json_schema(schema_generator=Explained)
    return {
        "$schema": DIALECT,
        "title": event_type.type,
        MARKS: {
            "publisher": event_type.type.split(".")[0],
            "aggregate": event_type.aggregate,
            "whole": event_type.whole,
            "private": event_type.private,
            **({"stated": True} if event_type.stated else {}),
        },
        **_inlined(made, made.get("$defs", {})),
    }


def data_of(event_type: type[Event]) -> Schema:
    """The same as a part of a larger document."""
    return {name: part for name, part in schema_of(event_type).items() if name != "$schema"}


def enveloped(event_type: type[Event], envelope: type[BaseModel]) -> Schema:
    """The attributes of an envelope around the event's own data, which stands elsewhere in the
    document."""
    schema = envelope.model_json_schema()
    properties = {
        name: {key: value for key, value in one.items() if key != "title"}
        for name, one in schema["properties"].items()
    }
    properties["type"] = {"const": event_type.type}
    properties["data"] = {"$ref": f"#/components/schemas/{event_type.type}"}
    return {"type": "object", "properties": properties, "required": schema["required"]}


def example_of(event_type: type[Event]) -> dict[str, Any]:
    """The golden example of a type, envelope and all. Raises `FileNotFoundError`."""
    file = EXAMPLES / f"{event_type.type}.json"
    example: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return example


def canonical(document: Any) -> str:
    """The one way a committed document is written: sorted, indented, UTF-8, a line feed last."""
    return json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _inlined(schema: Any, definitions: Schema) -> Any:
    """The schema without references and without the titles made from names."""
    if isinstance(schema, list):
        return [_inlined(one, definitions) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        named = definitions[schema["$ref"].rpartition("/")[2]]
        return _inlined({**named, **{k: v for k, v in schema.items() if k != "$ref"}}, definitions)
    made = {
        key: _inlined(value, definitions)
        for key, value in schema.items()
        if key not in ("$defs", "title", "properties")
    }
    if "properties" in schema:
        named = schema["properties"].items()
        made["properties"] = {name: _inlined(one, definitions) for name, one in named}
    return made
