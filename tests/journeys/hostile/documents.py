"""What each service says in its openapi.json that it offers: the tests are driven from it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import httpx

from .house import SERVICES, House

Schema = Mapping[str, Any]
GENERAL = frozenset(
    {
        "body-came-too-slowly",
        "body-is-not-json",
        "body-is-too-large",
        "content-type-is-not-json",
        "fields-are-not-valid",
        "idempotency-key-is-not-valid",
        "idempotency-key-reused",
        "json-has-duplicate-keys",
        "json-is-too-deep",
        "json-number-is-not-finite",
        "link-has-expired",
        "link-is-not-valid",
        "method-is-not-offered",
        "not-allowed",
        "not-found",
        "not-known-yet",
        "place-is-not-valid",
        "request-came-from-elsewhere",
        "request-was-misdirected",
        "same-request-is-running",
        "service-is-busy",
        "sign-in-is-needed",
        "text-is-not-clean",
    }
)
"""What any operation may answer: README of the API, not of one operation."""
KINDS = (
    ("/history/imports/", "past_import_id"),
    ("/board", "judged_call_id"),
    ("/draw", "drawn_call_id"),
    ("/chances", "drawn_call_id"),
    ("/follow-up", "seated_nomination_id"),
    ("/visa-letter", "seated_nomination_id"),
)
"""By a part of an address, which record it is about."""


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    service: str
    method: str
    path: str
    described: Schema = field(repr=False)
    components: Mapping[str, Schema] = field(repr=False)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_public(self) -> bool:
        """Whether it needs no token."""
        return self.described.get("security") == []

    @property
    def takes_json(self) -> bool:
        """Whether it reads a JSON body."""
        return self._content.get("application/json") is not None

    @property
    def body(self) -> Schema:
        """The schema of its JSON body."""
        return dict(self._content["application/json"]["schema"])

    @property
    def _content(self) -> Mapping[str, Any]:
        return dict(self.described.get("requestBody", {}).get("content", {}))

    def parameters(self, where: str) -> Sequence[Schema]:
        """Its parameters in the path or in the query."""
        return [one for one in self.described.get("parameters", []) if one["in"] == where]

    @cached_property
    def codes(self) -> frozenset[str]:
        """The refusals it documents."""
        told = " ".join(one.get("description", "") for one in self.described["responses"].values())
        return frozenset(re.findall(r"`([a-z-]+)`", told)) | GENERAL

    def at(self, ids: Mapping[str, str]) -> str:
        """Its address with these ids in the places of its path."""
        return re.sub(r"{(\w+)}", lambda found: ids[meant(found[1], self.path)], self.path)

    def needs(self, ids: Mapping[str, str]) -> Mapping[str, str]:
        """What has to stand behind the question mark."""
        asked = [one["name"] for one in self.parameters("query") if one.get("required")]
        return {name: ids[name] for name in asked}


def meant(name: str, path: str) -> str:
    """What a parameter stands for where that depends on the address: not every call has a board,
    not every import is of the past."""
    kinds = (kind for part, kind in KINDS if part in path and kind.endswith(f"_{name}"))
    return next(kinds, name)


def operations(house: House) -> Sequence[Operation]:
    """Everything that all services offer."""
    with house.client() as client:
        return [one for service in SERVICES for one in _of(service, client)]


def _of(service: str, client: httpx.Client) -> Iterator[Operation]:
    document = client.get(f"/{service}/openapi.json").json()
    schemas = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            yield Operation(service, method.upper(), f"/{service}{path}", described, schemas)
