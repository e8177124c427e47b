"""A process of the chart is told what it asks for, no more, and no secret but by a file."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from deploy import databases
from deploy.broker import __main__ as broker
from services.notifications.providers import providers_of
from services.registration.outsiders.broker import broker_of
from shared.contracts.listeners import LISTENERS
from shared.messaging.rabbit.management import Administrator
from shared.observing.traces import ENDPOINT
from shared.process.environment import Environment
from tests.encryption.authority import Authority
from tests.helm.rendering import BARE, LEAST, WHOLE, HelmRefuses, Manifest, pods, rendered
from tests.helm.told import Told, secret_of

pytestmark = pytest.mark.gate
SECRET = re.compile(r"(PASSWORD|KEY)(_[A-Z]+)?$")
VARIATIONS = pytest.mark.parametrize("values", [{}, WHOLE, BARE], ids=["least", "whole", "bare"])
Found = Mapping[str, Told]
Read = Callable[[Mapping[str, Any]], Found]
OF_NO_SERVICE = "administration"


@pytest.fixture(scope="module")
def authority() -> str:
    """The certificate of some authority."""
    return Authority("ours").pem


@pytest.fixture
def read(authority: str, tmp_path: Path) -> Read:
    """Each container of the chart, by name, as its process finds it."""

    def read(values: Mapping[str, Any]) -> Found:
        return {
            name: Told(spec, tmp_path / name, authority) for name, spec in pods(rendered(values))
        }

    return read


@VARIATIONS
def test_each_process_of_a_service_is_told_what_it_asks_for(
    read: Read, values: dict[str, Any]
) -> None:
    prefix = values.get("userPrefix", "")
    for name, told in read(values).items():
        service = name.split("-")[1]
        if service != OF_NO_SERVICE:
            environment, secrets = Environment(told), f"cadre-{service}"

            settings = environment.settings()
            database, queues = environment.database_url, environment.broker_url
            assert environment.operations
            assert environment.proxies[0] == "10.0.0.0/8"
            environment.maybe(ENDPOINT)
            _of_this_service(service, environment)

            assert settings.origin == LEAST["origin"]
            assert settings.link_key.decode() == secret_of(secrets, "CADRE_LINK_KEY")
            for url, setting in (
                (database, "CADRE_DATABASE_PASSWORD"),
                (queues, "CADRE_BROKER_PASSWORD"),
            ):
                assert f"://{prefix}{service}:{secret_of(secrets, setting)}@" in url
            assert ("verify-full" in database) == ("cadata" in queues) == (values == WHOLE)
            assert set(told) - told.asked == set(), name


def _of_this_service(service: str, environment: Environment) -> None:
    if service == "notifications":
        deliver = providers_of(environment)
        assert deliver.sms is not None
    if service == "registration":
        found = broker_of(environment)
        assert found
        assert found.administrator.password.endswith("cadre-broker-management-password")


def test_whoever_prepares_databases_is_told_what_it_asks_for(
    read: Read, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = read(WHOLE)["cadre-administration-databases"]
    made: dict[str, Any] = {}

    async def make(url: str, passwords: Mapping[str, str]) -> None:
        made.update(url=url, passwords=passwords)

    monkeypatch.setattr(databases, "make_databases", make)
    ended = databases.main([], told)

    assert ended == 0, capsys.readouterr().err
    own = secret_of("cadre-administration", "CADRE_POSTGRESQL_PASSWORD")
    assert made["url"].startswith(
        f"postgresql://administrator:{own}@postgresql.example.org:5432/postgres?sslmode=verify-full"
    )
    assert made["passwords"] == {
        f"training-{service}": secret_of(f"cadre-{service}", "CADRE_DATABASE_PASSWORD")
        for service in LISTENERS
    }
    assert set(told) - told.asked == {"CADRE_BROKER_CA_FILE"}


def test_whoever_prepares_the_broker_is_told_what_it_asks_for(
    read: Read, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = read(WHOLE)["cadre-administration-broker"]
    made: dict[str, Any] = {}

    async def prepare(administrator: Administrator, vhost: str, definitions: object) -> None:
        made.update(administrator=administrator, vhost=vhost, definitions=definitions)

    monkeypatch.setattr(broker, "prepare", prepare)
    ended = broker.main([], told)

    assert ended == 0, capsys.readouterr().err
    own = secret_of("cadre-registration", "CADRE_BROKER_MANAGEMENT_PASSWORD")
    assert (made["vhost"], made["administrator"].password) == ("cadre", own)
    assert made["administrator"].authority
    users = {one["name"] for one in made["definitions"]["users"]}
    assert users == {f"training-{service}" for service in LISTENERS}
    assert set(told) - told.asked == {"CADRE_DATABASE_CA_FILE"}


@VARIATIONS
def test_no_manifest_holds_a_secret(values: dict[str, Any]) -> None:
    found = rendered(values)

    assert not [one for one in found if one["kind"] == "Secret"]
    assert not re.search(r"://[^/@\s\"]*:[^/@\s\"]*@", json.dumps(found))
    for name, spec in pods(found):
        (container,) = spec["containers"]
        told = {one["name"] for one in container["env"]}
        assert not {one for one in told if SECRET.search(one)}, name
        assert all(set(one) == {"name", "value"} for one in container["env"])


@VARIATIONS
def test_a_service_sees_no_secret_of_another(values: dict[str, Any]) -> None:
    for name, spec in pods(rendered(values)):
        service = name.split("-")[1]
        if service != OF_NO_SERVICE:
            (secrets,) = (one["secret"] for one in spec["volumes"] if "secret" in one)

            assert secrets["secretName"] == f"cadre-{service}"


def _with_settings(**settings: str) -> Manifest:
    return {"services": {"notifications": {"settings": settings}}}


@pytest.mark.parametrize(
    "values",
    [
        _with_settings(CADRE_SMS_KEY="a key"),
        _with_settings(CADRE_SMTP_PASSWORD="a password"),
        _with_settings(CADRE_SMS_URL="https://user:password@sms.example.org"),
        {"servers": {"postgresql": {"address": "postgres:password@postgresql:5432"}}},
        {"servers": {"broker": {"management": {"url": "https://a:password@rabbitmq:15671"}}}},
        {"issuers": [{"name": "a", "key": {**LEAST["issuers"][0]["key"], "d": "private"}}]},
        {"services": {"reporting": {"settings": {"CADRE_LINK_KEY": "a key"}}}},
    ],
)
def test_values_take_no_secret(values: dict[str, Any]) -> None:
    with pytest.raises(HelmRefuses, match="don't meet the specifications"):
        rendered(values)
