"""What a schema leaves open: numbers, texts, lists and maps of any size; and how long a text is."""

from collections.abc import Iterator, Mapping
from re import _parser  # type: ignore[attr-defined]  # nothing public tells how much it matches
from typing import Any

Schema = Mapping[str, Any]
LARGEST = 2**31 - 1
"""What an Integer column keeps."""
LONGEST_TEXT = 4_000
MOST_ITEMS = 5_000
FIXED = ("uuid", "date", "time", "date-time")
"""Formats that are read into values of one size."""


def open_ends(schema: Schema, definitions: Schema, path: str = "") -> Iterator[str]:
    """Every place of a body, or of a parameter, that takes more than can be kept."""
    schema = _meant(schema, definitions)
    if "enum" in schema or "const" in schema or schema.get("type") in ("boolean", "null"):
        return
    if "anyOf" in schema:
        for option in schema["anyOf"]:
            yield from open_ends(option, definitions, path)
        return
    match schema.get("type"):
        case "integer" | "number":
            if not -LARGEST - 1 <= _lowest(schema) <= _highest(schema) <= LARGEST:
                yield f"{path}: a number without bounds"
        case "string":
            if longest(schema) > LONGEST_TEXT:
                yield f"{path}: a text without an end"
        case "array":
            if schema.get("maxItems", MOST_ITEMS + 1) > MOST_ITEMS:
                yield f"{path}: a list without an end"
            yield from open_ends(schema["items"], definitions, f"{path}[]")
        case "object":
            yield from _of_object(schema, definitions, path)
        case unknown:
            yield f"{path}: takes {unknown or 'anything'}"


def texts(schema: Schema, definitions: Schema, path: str = "") -> Iterator[tuple[str, str, int]]:
    """Every text a body takes under a name of its own: where, the name, and its greatest length."""
    schema = _meant(schema, definitions)
    for option in schema.get("anyOf", ()):
        yield from texts(option, definitions, path)
    if schema.get("type") == "array":
        yield from texts(schema["items"], definitions, path)
    if schema.get("type") == "string" and schema.get("format") not in FIXED:
        yield path, path.rpartition(".")[2], longest(schema)
    for name, part in schema.get("properties", {}).items():
        yield from texts(part, definitions, f"{path}.{name}")


def longest(schema: Schema) -> int:
    """How many characters a text may have."""
    if "enum" in schema or "const" in schema:
        return max(len(str(one)) for one in schema.get("enum", [schema.get("const")]))
    if schema.get("format") in FIXED:
        return 40
    bounds = [schema["maxLength"]] if "maxLength" in schema else []
    pattern = schema.get("pattern", "")
    if pattern.startswith("^") and pattern.endswith("$"):
        bounds.append(_parser.parse(pattern).getwidth()[1])
    return int(min(bounds, default=LONGEST_TEXT + 1))


def _of_object(schema: Schema, definitions: Schema, path: str) -> Iterator[str]:
    for name, part in schema.get("properties", {}).items():
        yield from open_ends(part, definitions, f"{path}.{name}")
    more = schema.get("additionalProperties", True)
    if more is False:
        return
    if schema.get("maxProperties", MOST_ITEMS + 1) > MOST_ITEMS:
        yield f"{path}: a map without an end"
    by_pattern = schema.get("patternProperties", {})
    keys = [{"pattern": one} for one in by_pattern] or [schema.get("propertyNames", {})]
    if max(map(longest, keys)) > LONGEST_TEXT:
        yield f"{path}: keys without an end"
    for part in by_pattern.values() or [{} if more is True else more]:
        yield from open_ends(part, definitions, f"{path}{{}}")


def _meant(schema: Schema, definitions: Schema) -> Schema:
    name = schema.get("$ref", "").rpartition("/")[2]
    meant: Schema = definitions[name] if name else schema
    return meant


def _lowest(schema: Schema) -> float:
    return float(schema.get("minimum", schema.get("exclusiveMinimum", "-inf")))


def _highest(schema: Schema) -> float:
    return float(schema.get("maximum", schema.get("exclusiveMaximum", "inf")))
