"""Bodies from schemas: a good one, and what happens to it in the hands of others."""

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .documents import Schema

CANARY = "KANARI-vögel-5e1f"
"""Stands in what is sent, and must never stand in what is answered or logged."""
KINDS: Mapping[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "string": str,
    "null": type(None),
}
FORMATS = {
    "uuid": "01890a5d-ac96-774b-bcce-b302099a8057",
    "date": "2018-06-24",
    "date-time": "2018-06-24T09:00:00",
    "time": "09:00:00",
}
WORDS = (
    "JO",
    "en",
    "immigration",
    "someone@police.example",
    "Asia/Amman",
    "REF-1",
    "/a",
    "2018",
    "external.nomination.submitted.v1",
    "urn:cadre:specimen",
    "P1234567",
)
WRONG: Sequence[Any] = (None, True, 1.5, CANARY, [CANARY], {CANARY: CANARY})
"""Something of each type: sent in place of every value, three of them in turn."""
AT_A_TIME = 3
ODD: Mapping[str, Sequence[Any]] = {
    "integer": (-1, 2**62),
    "string": (
        "",
        CANARY * 400,
        "0001-01-01",
        "9999-12-31T23:59:59.999999",
        "9999-12-31T23:59:59-23:59",
        "../../../etc/passwd",
        "\u202e\u2066\ufeff\ufffe\U0010ffff",
    ),
    "object": ({}, {"en": {"en": CANARY}}, {f"e{number}": "x" for number in range(99)}),
    "array": ([], [None] * 999),
}
"""Of the right type, and still not what was meant: sent where such a type is taken."""


@dataclass(frozen=True, slots=True)
class Bent:
    """A good body with one value replaced; whether the schema still allows it."""

    path: str
    value: Any
    body: Any
    fits: bool


def example(
    schema: Schema, components: Mapping[str, Schema], known: Mapping[str, Any] | None = None
) -> Any:
    """A good value; of fields that are known, the known one."""
    schema = resolved(schema, components)
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    match schema.get("type"):
        case "object":
            if "properties" not in schema:
                return {"en": "Text"}
            known = known or {}
            return {
                name: known[name] if name in known else example(part, components, known)
                for name, part in schema["properties"].items()
            }
        case "array":
            return [example(schema.get("items", {}), components, known)]
        case "integer" | "number":
            return max(1, schema.get("minimum", 1))
        case "boolean":
            return False
        case "string":
            return _text(schema)
    return None


def bent(
    schema: Schema, components: Mapping[str, Schema], known: Mapping[str, Any]
) -> Iterator[Bent]:
    """A good body with each value in turn replaced, and each object in turn with something
    unknown in it, or without something it needs."""
    good = example(schema, components, known)
    for number, (steps, part) in enumerate(_places(schema, components, good)):
        path = ".".join(str(step) for step in steps)
        wrong = [WRONG[(number + turn) % len(WRONG)] for turn in range(AT_A_TIME)]
        for value in (*wrong, *_odd(part, components)):
            yield Bent(path, value, _with(good, steps, value), _fits(value, part, components))
        if part.get("type") == "object" and "properties" in part:
            more = {**_at(good, steps), f"{CANARY} ": CANARY}
            yield Bent(path, "unknown", _with(good, steps, more), fits=False)
        for name in part.get("required", ()):
            less = {key: one for key, one in _at(good, steps).items() if key != name}
            yield Bent(path, "missing", _with(good, steps, less), fits=False)


def resolved(schema: Schema, components: Mapping[str, Schema]) -> Schema:
    """What a reference stands for; of several, the first that is something."""
    if "$ref" in schema:
        return resolved(components[schema["$ref"].rsplit("/", 1)[-1]], components)
    if "anyOf" in schema:
        return resolved(schema["anyOf"][0], components)
    return schema


def _text(schema: Schema) -> str:
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    pattern = re.compile(schema.get("pattern", ""))
    return next(
        word for word in WORDS if pattern.search(word) and len(word) >= schema.get("minLength", 0)
    )


def _places(
    schema: Schema, components: Mapping[str, Schema], value: Any, steps: tuple[Any, ...] = ()
) -> Iterator[tuple[tuple[Any, ...], Schema]]:
    yield steps, schema if "anyOf" in schema else resolved(schema, components)
    part = resolved(schema, components)
    for name, inner in part.get("properties", {}).items():
        yield from _places(inner, components, value[name], (*steps, name))
    if part.get("type") == "array":
        yield from _places(part["items"], components, value[0], (*steps, 0))


def _odd(schema: Schema, components: Mapping[str, Schema]) -> Sequence[Any]:
    kinds = [resolved(one, components).get("type", "") for one in schema.get("anyOf", [schema])]
    return [value for kind in kinds for value in ODD.get(kind, ())]


def _with(whole: Any, steps: tuple[Any, ...], value: Any) -> Any:
    if not steps:
        return value
    made = copy.deepcopy(whole)
    _at(made, steps[:-1])[steps[-1]] = value
    return made


def _at(value: Any, steps: tuple[Any, ...]) -> Any:
    for step in steps:
        value = value[step]
    return value


def _fits(value: Any, schema: Schema, components: Mapping[str, Schema]) -> bool:
    """Whether the type is right; whether the value is, only the service knows."""
    if "anyOf" in schema:
        return any(_fits(value, resolved(one, components), components) for one in schema["anyOf"])
    kind = schema.get("type", "string")
    if isinstance(value, bool):
        return bool(kind == "boolean")
    return isinstance(value, KINDS[kind])
