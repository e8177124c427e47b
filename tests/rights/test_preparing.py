"""The broker is prepared by one command: any number of times, or by a file that it loads."""

import json
import secrets
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from aiormq.exceptions import ChannelAccessRefused

from shared.messaging.transport import Exchange
from tests.rights.prepared import SERVICES, PreparedBroker, migrated
from tests.rights.wire import channel_of, publish
from tests.servers.broker import Broker

SEAT = "registration.seat.freed.v1"


async def test_preparing_again_changes_nothing(prepared: PreparedBroker, tmp_path: Path) -> None:
    await migrated(prepared, tmp_path)
    before = standing(prepared)

    code = await prepared.prepare()

    assert code == 0
    assert standing(prepared) == before
    async with channel_of(prepared.url_of("registration")) as channel:
        await publish(channel, "events.internal", SEAT)


async def test_rights_that_were_widened_are_what_they_were_again(prepared: PreparedBroker) -> None:
    before = standing(prepared)
    user, ask = prepared.settings["CADRE_USER_PREFIX"] + "reporting", prepared.broker.management.ask
    everything = {"configure": ".*", "write": ".*", "read": ".*"}
    ask("PUT", "permissions", prepared.vhost, user, body=everything)
    ask("DELETE", "topic-permissions", prepared.vhost, user)

    await prepared.prepare()

    assert standing(prepared) == before


async def test_settings_may_be_files_and_options(prepared: PreparedBroker, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("another\n")
    settings = dict(prepared.settings)
    address, vhost = settings.pop("CADRE_BROKER_MANAGEMENT_URL"), settings.pop("CADRE_BROKER_VHOST")
    settings["CADRE_BROKER_PASSWORD_REPORTING_FILE"] = str(secret)
    del settings["CADRE_BROKER_PASSWORD_REPORTING"]
    by_file = PreparedBroker(prepared.broker, prepared.vhost, settings)

    code = await by_file.prepare("--management", address, "--vhost", vhost)

    assert code == 0
    known = {**settings, "CADRE_BROKER_PASSWORD_REPORTING": "another"}
    changed = PreparedBroker(prepared.broker, prepared.vhost, known)
    async with channel_of(changed.url_of("reporting")) as channel:
        assert not channel.is_closed


async def test_virtual_host_that_is_missing_is_made(prepared: PreparedBroker) -> None:
    vhost = f"{prepared.vhost}/more"
    more = PreparedBroker(
        prepared.broker, vhost, {**prepared.settings, "CADRE_BROKER_VHOST": vhost}
    )

    code = await more.prepare()

    assert code == 0
    assert standing(more) == standing(prepared)
    prepared.broker.management.ask("DELETE", "vhosts", vhost)


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("CADRE_BROKER_MANAGEMENT_PASSWORD", "wrong-one", "401"),
        ("CADRE_BROKER_MANAGEMENT_URL", "http://127.0.0.1:1", "ConnectError"),
        ("CADRE_BROKER_PASSWORD_SCHEDULING", "", "CADRE_BROKER_PASSWORD_SCHEDULING"),
    ],
)
async def test_what_hinders_is_said_in_a_line_without_a_password(
    prepared: PreparedBroker,
    capsys: pytest.CaptureFixture[str],
    setting: str,
    value: str,
    said: str,
) -> None:
    code = await prepared.prepare(**{setting: value})

    complaint = capsys.readouterr().err
    assert code == 1
    assert complaint.count("\n") == 1
    assert said in complaint
    assert "wrong-one" not in complaint


async def test_file_of_definitions_makes_the_same_broker(
    prepared: PreparedBroker, loaded: PreparedBroker, tmp_path: Path
) -> None:
    path = tmp_path / "definitions.json"

    code = await loaded.prepare("--definitions", str(path))
    loaded.broker.management.ask("POST", "definitions", body=json.loads(path.read_text()))

    assert code == 0
    prefix = prepared.settings["CADRE_USER_PREFIX"]
    assert standing(loaded) == {
        name.replace(prefix, loaded.settings["CADRE_USER_PREFIX"]): what
        for name, what in standing(prepared).items()
    }
    async with channel_of(loaded.url_of("scheduling")) as channel:
        with pytest.raises(ChannelAccessRefused):
            await publish(channel, "events.internal", SEAT)


async def test_file_of_definitions_is_for_its_owner_and_holds_no_password(
    prepared: PreparedBroker, tmp_path: Path
) -> None:
    path = tmp_path / "definitions.json"
    path.write_text("older")

    await prepared.prepare("--definitions", str(path))

    text = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    secret = [value for name, value in prepared.settings.items() if "PASSWORD" in name]
    assert not [value for value in secret if value in text]
    assert len({user["password_hash"] for user in json.loads(text)["users"]}) == len(SERVICES) + 1


@pytest.fixture
def loaded(rabbitmq: Broker) -> Iterator[PreparedBroker]:
    """What only a file tells of; a broker that loads it has the administrator it names."""
    name = f"t{secrets.token_hex(4)}-"
    settings: dict[str, str] = {
        "CADRE_BROKER_MANAGEMENT_URL": rabbitmq.management_url,
        "CADRE_BROKER_MANAGEMENT_USER": f"{name}administrator",
        "CADRE_BROKER_MANAGEMENT_PASSWORD": secrets.token_hex(8),
        "CADRE_BROKER_VHOST": f"{name}vhost",
        "CADRE_USER_PREFIX": name,
        **{f"CADRE_BROKER_PASSWORD_{one.upper()}": secrets.token_hex(8) for one in SERVICES},
    }
    yield PreparedBroker(rabbitmq, settings["CADRE_BROKER_VHOST"], settings)
    rabbitmq.management.ask("DELETE", "vhosts", settings["CADRE_BROKER_VHOST"])
    for user in ("administrator", *SERVICES):
        rabbitmq.management.ask("DELETE", "users", name + user)


def standing(prepared: PreparedBroker) -> Mapping[str, Any]:
    """Exchanges, queues and rights as the broker has them, by what they are about."""
    vhost = prepared.vhost
    ask = prepared.broker.management.ask
    described = ask("GET", "definitions", vhost)
    made = {
        f"{kind} {one['name']}": one for kind in ("exchanges", "queues") for one in described[kind]
    }
    prefix = prepared.settings["CADRE_USER_PREFIX"]
    rights = {
        f"{one['user']} {one.get('exchange', '')}": {
            name: one[name] for name in ("configure", "write", "read") if name in one
        }
        for kind in ("permissions", "topic-permissions")
        for one in ask("GET", "vhosts", vhost, kind)
        if one["user"] in {prefix + service for service in SERVICES}
    }
    bound = sorted(json.dumps(one, sort_keys=True) for one in described["bindings"])
    assert {exchange.value for exchange in Exchange if exchange} <= {
        one["name"] for one in described["exchanges"]
    }
    return {**made, **rights, "bindings": bound}
