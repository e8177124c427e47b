"""Every body and parameter of every service is bounded: what is taken, a database can keep."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import TypeAdapter
from sqlalchemy import String

from services.embedded.house import build_house
from services.embedded.installation import make_installation
from services.notifications.mailbox.gateway import SmsSent
from services.notifications.tables import METADATA as OF_NOTIFICATIONS
from services.registration.tables import METADATA as OF_REGISTRATION
from services.reporting.tables import METADATA as OF_REPORTING
from services.scheduling.tables import METADATA as OF_SCHEDULING
from shared.front.personas import MakePersona
from shared.service import Service
from tests.shared.web.bounds import open_ends, texts

pytestmark = pytest.mark.gate
TABLES = {
    "registration": OF_REGISTRATION,
    "scheduling": OF_SCHEDULING,
    "notifications": OF_NOTIFICATIONS,
    "reporting": OF_REPORTING,
}
NOT_KEPT_AS_SENT = {
    ("CheckCertificate", "number"),  # only looked for
    ("CheckVisaLetter", "number"),
    ("DescribeAlias", "reference"),  # kept in a column of its own, which is longer
    ("DescribeLayout", "code"),  # so are codes of courses and criteria
    ("CorrectParticipation", "code"),
    ("DescribeBoard", "code"),
    ("DescribePerson", "phone"),  # kept as E.164
    ("AskForChange", "phone"),  # kept as E.164 once it is accepted
    ("CorrectNomination", "phone"),
    ("NominateOfficer", "phone"),
    ("ReplaceNominee", "phone"),
}
TRIED_AS_SENT = ("TryEvent.event",)
"""An event as another system would send it: nothing of it is kept, and its contract bounds it."""


@pytest.fixture
async def services(tmp_path: Path) -> Mapping[str, Service]:
    """Every service, as an installation serves it."""
    house = await build_house(make_installation(tmp_path, None), "http://127.0.0.1:9", port=None)
    await house.stop()
    return house.services


async def test_no_body_holds_more_than_can_be_kept(services: Mapping[str, Service]) -> None:
    bodies = {body for one in services.values() for body in bodies_of(one)}

    found = {
        f"{body.__name__}{end}"
        for body in {*bodies, MakePersona, SmsSent}
        for schema in [body.model_json_schema()]
        for end in open_ends(schema, schema.get("$defs", {}))
        if not f"{body.__name__}{end}".startswith(TRIED_AS_SENT)
    }

    assert len(bodies) >= 19
    assert found == set()


async def test_no_parameter_is_longer_than_can_be_kept(services: Mapping[str, Service]) -> None:
    found, asked = set[str](), 0
    for name, service in services.items():
        for route in routes_of(service):
            for field in parameters_of(route.dependant):
                asked += 1
                schema = TypeAdapter(field.field_info.rebuild_annotation()).json_schema()
                place = f"{name}{route.path}?{field.alias}"
                found.update(open_ends(schema, schema.get("$defs", {}), place))

    assert asked > 20
    assert found == set()


async def test_text_fits_the_column_of_its_name(services: Mapping[str, Service]) -> None:
    found, compared = set[str](), 0
    for name, service in services.items():
        columns = longest_of_columns(name)
        for body in bodies_of(service):
            schema = body.model_json_schema()
            for path, field, length in texts(schema, schema.get("$defs", {})):
                compared += field in columns
                as_sent = (body.__name__, field) not in NOT_KEPT_AS_SENT
                if as_sent and length > columns.get(field, length):
                    found.add(f"{name} {body.__name__}{path}: {length} > {columns[field]}")

    assert compared > 20
    assert found == set()


def test_open_end_is_noticed() -> None:
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "seats": {"type": "integer", "minimum": 1},
            "large": {"type": "integer", "minimum": 0, "maximum": 2**31},
            "word": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "code": {"type": "string", "pattern": "^[a-z]+$"},
            "list": {"type": "array", "items": {"$ref": "#/$defs/Any"}},
            "map": {"type": "object", "additionalProperties": {"type": "boolean"}},
            "fits": {"type": "string", "pattern": "^[A-Z]{2}$"},
            "enough": {"type": "integer", "minimum": 1, "maximum": 5000},
        },
    }

    assert list(open_ends(schema, {"Any": {}})) == [
        ".seats: a number without bounds",
        ".large: a number without bounds",
        ".word: a text without an end",
        ".code: a text without an end",
        ".list: a list without an end",
        ".list[]: takes anything",
        ".map: a map without an end",
        ".map: keys without an end",
    ]


def routes_of(service: Service) -> Iterator[APIRoute]:
    """Every address of a service, those of its pages too."""
    for one in iter_route_contexts(service.api.routes):
        if isinstance(one.original_route, APIRoute):
            yield one.original_route


def parameters_of(dependant: Dependant) -> Iterator[Any]:
    """What an address asks for behind the question mark and in headers."""
    yield from (*dependant.query_params, *dependant.header_params, *dependant.cookie_params)
    for one in dependant.dependencies:
        yield from parameters_of(one)


def bodies_of(service: Service) -> set[Any]:
    """The models of all bodies a service takes as JSON."""
    return {route.taken for route in routes_of(service) if hasattr(route, "taken")}


def longest_of_columns(name: str) -> dict[str, int]:
    """How many characters the columns of a service hold, the narrowest of each name."""
    held: dict[str, int] = {}
    for table in TABLES[name].tables.values():
        for column in table.columns:
            if isinstance(column.type, String) and column.type.length:
                held[column.name] = min(column.type.length, held.get(column.name, 10**6))
    return held
