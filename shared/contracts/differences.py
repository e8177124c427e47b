"""Compares two schemas of one event type by the rule of the contracts: they only grow.

Whoever reads an event must find what was promised, and what was written before must still be
read. What is merely added, or allowed more widely, is growth; anything else is a break.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from shared.contracts.schemas import MARKS

Schema = Mapping[str, Any]
Kind = Literal["break", "growth"]
WORDS = frozenset({"$schema", "title", "description", "properties", "required", "anyOf", "items"})
LOWER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
UPPER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})
NESTED = ("items", "additionalProperties")


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, where in the event's data (`quotas[].minimum`), and whether that breaks it."""

    path: str
    kind: Kind
    says: str


def differences(old: Schema, new: Schema, path: str = "") -> Iterator[Difference]:
    """Every difference that readers or writers of the event would notice; words are none."""
    if old == new:
        return
    if "anyOf" in old or "anyOf" in new:
        yield from _alternatives(path, old, new)
    elif old.get("type") != new.get("type") or old.get("format") != new.get("format"):
        yield _break(path, f"retyped from {_spelled(old)} to {_spelled(new)}")
        return
    yield from _fields(path, old, new)
    for keyword in NESTED:
        yield from _nested(keyword, path, old, new)
    yield from _values(path, old, new)
    for keyword in sorted((old.keys() | new.keys()) - WORDS - {"enum", "const", *NESTED}):
        if old.get(keyword) != new.get(keyword):
            yield _keyword(keyword, path, old.get(keyword), new.get(keyword))


def _fields(path: str, old: Schema, new: Schema) -> Iterator[Difference]:
    before, after = old.get("properties", {}), new.get("properties", {})
    required_before, required_after = set(old.get("required", ())), set(new.get("required", ()))
    for name in sorted(before.keys() - after.keys()):
        added = sorted(after.keys() - before.keys())
        same = [other for other in added if _wordless(after[other]) == _wordless(before[name])]
        yield _break(_at(path, name), f"renamed to {same[0]}" if same else "removed")
    for name in sorted(after.keys() - before.keys()):
        if name in required_after:
            yield _break(_at(path, name), "added as a required field: make it optional")
        else:
            yield Difference(_at(path, name), "growth", "added as an optional field")
    for name in sorted(before.keys() & after.keys()):
        if name in required_after - required_before:
            yield _break(_at(path, name), "required from now on")
        if name in required_before - required_after:
            yield _break(_at(path, name), "not always there any more")
        yield from differences(before[name], after[name], _at(path, name))


def _alternatives(path: str, old: Schema, new: Schema) -> Iterator[Difference]:
    before, after = _options(old), _options(new)
    if before.keys() != after.keys():
        words = [" or ".join(sorted(options)) for options in (before, after)]
        narrower = after.keys() < before.keys()
        yield _break(path, f"{'narrowed' if narrower else 'retyped'} from {words[0]} to {words[1]}")
    for spelled in sorted(before.keys() & after.keys()):
        yield from differences(before[spelled], after[spelled], path)


def _options(schema: Schema) -> dict[str, Schema]:
    return {_spelled(option): option for option in schema.get("anyOf", [schema])}


def _nested(keyword: str, path: str, old: Schema, new: Schema) -> Iterator[Difference]:
    before, after = old.get(keyword, True), new.get(keyword, True)
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from differences(before, after, f"{path}[]")
    elif before != after:
        wider = after is True
        says = "takes values of any kind" if wider else "narrowed in the values it takes"
        yield Difference(f"{path}[]", "growth" if wider else "break", says)


def _values(path: str, old: Schema, new: Schema) -> Iterator[Difference]:
    """Fixed lists of values; none means any value."""
    before, after = _listed(old), _listed(new)
    if before == after:
        return
    if after is None:
        yield Difference(path, "growth", "takes any value from now on")
    elif before is None:
        yield _break(path, f"narrowed to {', '.join(map(str, after))}")
    else:
        for value in [value for value in before if value not in after]:
            yield _break(path, f"narrowed: {value!r} is no value any more")
        for value in [value for value in after if value not in before]:
            yield Difference(path, "growth", f"takes {value!r} as well")


def _listed(schema: Schema) -> list[Any] | None:
    if "const" in schema:
        return [schema["const"]]
    values = schema.get("enum")
    return None if values is None else list(values)


def _keyword(keyword: str, path: str, before: Any, after: Any) -> Difference:
    if keyword == MARKS:
        changed = [name for name in sorted(before | after) if before.get(name) != after.get(name)]
        return _break(path, f"changed in what it is: {', '.join(changed)}")
    if keyword == "secret":
        return _break(path, "no secret any more" if before else "secret from now on")
    if keyword in LOWER and after is not None and (before is None or after > before):
        return _break(path, f"narrowed: {keyword} {after}")
    if keyword in UPPER and after is not None and (before is None or after < before):
        return _break(path, f"narrowed: {keyword} {after}")
    if keyword in LOWER | UPPER or (keyword == "pattern" and after is None):
        return Difference(path, "growth", f"widened: {keyword} {after}")
    if keyword == "pattern":
        return _break(path, "narrowed by another pattern")
    return _break(path, f"changed in {keyword}")


def _wordless(schema: Schema) -> Schema:
    return {keyword: value for keyword, value in schema.items() if keyword != "description"}


def _spelled(schema: Schema) -> str:
    kind = str(schema.get("type", "any value"))
    return f"{kind} ({schema['format']})" if "format" in schema else kind


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _break(path: str, says: str) -> Difference:
    return Difference(path, "break", says)
