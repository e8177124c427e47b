"""The network lets out whatever the doctor of a service contacts, and what is done by hand."""

import socket
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import pytest

from services.notifications.providers import providers_of
from services.registration.outsiders.broker import broker_of
from shared.contracts.listeners import LISTENERS
from shared.database import Database
from shared.messaging.rabbit import RabbitTransport
from shared.process import doctor
from shared.process.environment import Environment
from tests.encryption.authority import Authority
from tests.helm.rendering import WHOLE, Manifest, of_kind, pods, rendered
from tests.helm.told import Told

pytestmark = pytest.mark.gate
ORIGIN_PORT = 8443
ELSEWHERE: Mapping[str, Any] = {
    "origin": f"https://training.example.org:{ORIGIN_PORT}",
    "servers": {"postgresql": {"authority": ""}, "broker": {"authority": ""}},
}
"""No two servers listen on one port."""


@pytest.fixture
def contacted(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """The ports of servers whose names were asked for; no name is found."""
    ports: set[int] = set()

    def ask(_host: object, port: object, *_how: object, **_more: object) -> NoReturn:
        ports.add(int(str(port)))
        raise socket.gaierror(socket.EAI_NONAME, "there is no such name")

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    return ports


@pytest.mark.parametrize("service", LISTENERS)
async def test_a_doctor_is_let_out_to_whatever_it_contacts(
    service: str, contacted: set[int], tmp_path: Path
) -> None:
    found = rendered(WHOLE, ELSEWHERE)
    told = Told(dict(pods(found))[f"cadre-{service}-doctor"], tmp_path, Authority("ours").pem)

    await _examined(service, Environment(told))

    assert {5432, 5671, ORIGIN_PORT} <= contacted
    assert contacted - _let_out(found, f"cadre-{service}-doctor", kind="Pod") == set()


@pytest.mark.parametrize("service", LISTENERS)
def test_workers_in_which_commands_are_run_reach_the_archive_and_nobody_else_does(
    service: str,
) -> None:
    found = rendered(WHOLE, ELSEWHERE)

    let_out = {
        role: ORIGIN_PORT in _let_out(found, f"cadre-{service}-{role}")
        for role in ("api", "worker", "relay")
    }

    assert let_out == {"api": False, "worker": True, "relay": False}


async def _examined(service: str, environment: Environment) -> None:
    """Everything the doctor looks at; none of it answers."""
    beside: dict[str, dict[str, Any]] = {
        "notifications": {"deliver": providers_of},
        "registration": {"broker": broker_of},
    }
    more = {name: make(environment) for name, make in beside.get(service, {}).items()}
    settings, database = environment.settings(), Database(environment.database_url)
    transport = RabbitTransport(environment.broker_url)
    built = import_module(f"services.{service}.app").build(settings, transport, database, **more)
    try:
        await doctor.look_at(built, settings, environment)
    finally:
        await transport.close()
        await database.close()


def _let_out(found: Any, name: str, kind: str = "Deployment") -> set[int]:
    """The ports that the policies allow to a pod by its labels."""
    started = of_kind(kind, found)[name]
    pod = started if kind == "Pod" else started["spec"]["template"]
    return {
        port["port"]
        for policy in of_kind("NetworkPolicy", found).values()
        if _is_of(policy, pod["metadata"]["labels"])
        for rule in policy["spec"].get("egress", ())
        for port in rule["ports"]
    }


def _is_of(policy: Manifest, labels: Mapping[str, str]) -> bool:
    selector = policy["spec"]["podSelector"]
    expressions = selector.get("matchExpressions", ())
    return selector["matchLabels"].items() <= labels.items() and all(
        labels[one["key"]] in one["values"] for one in expressions
    )
