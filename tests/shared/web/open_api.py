"""What makes an OpenAPI 3.1 document whole: its form, its references, its problems."""

import re
from collections.abc import Iterator
from typing import Any

METHODS = {"get", "put", "post", "patch", "delete"}
COMPONENT = re.compile(r"^[a-zA-Z0-9._-]+$")


def faults(document: dict[str, Any]) -> list[str]:
    """Everything that is wrong with the form of a document."""
    return [
        *_of_the_whole(document),
        *(f"nothing stands at {one}" for one in _references(document) if not _at(document, one)),
        *(
            fault
            for path, item in document["paths"].items()
            for method, operation in item.items()
            for fault in _of_an_operation(path, method, operation)
        ),
    ]


def _of_the_whole(document: dict[str, Any]) -> Iterator[str]:
    if not re.match(r"^3\.1\.\d+$", document.get("openapi", "")):
        yield "not OpenAPI 3.1"
    if not document.get("info", {}).get("title") or not document["info"].get("version"):
        yield "no title or version"
    for kind in document.get("components", {}).values():
        yield from (f"component {name}" for name in kind if not COMPONENT.match(name))
    names = [one.get("operationId") for _, _, one in operations(document)]
    if len(names) != len(set(names)):
        yield "two operations of one name"


def _of_an_operation(path: str, method: str, operation: dict[str, Any]) -> Iterator[str]:
    place = f"{method} {path}"
    if method not in METHODS:
        yield f"{place}: no method"
    named = set(re.findall(r"{(\w+)}", path))
    told = {one["name"] for one in operation.get("parameters", []) if one["in"] == "path"}
    if named != told:
        yield f"{place}: parameters {named ^ told}"
    if not operation.get("description"):
        yield f"{place}: no words"
    for status, response in operation["responses"].items():
        if not re.match(r"^([1-5]\d\d|default)$", status) or not response.get("description"):
            yield f"{place}: response {status}"
        kinds = set(response.get("content", {}))
        if status[0] in "45d" and kinds != {"application/problem+json"}:
            yield f"{place}: {status} is no problem but {kinds}"


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and content of every operation."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from _references(inner)
    if isinstance(part, list):
        for inner in part:
            yield from _references(inner)


def _at(document: dict[str, Any], reference: str) -> bool:
    part: Any = document
    for step in reference.removeprefix("#/").split("/"):
        if not isinstance(part, dict) or step not in part:
            return False
        part = part[step]
    return True
