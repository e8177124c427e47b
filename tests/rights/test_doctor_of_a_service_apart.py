"""`python -m services.<name> doctor` looks at a service as its own settings have it run."""

import asyncio
import json
import os
from collections.abc import Mapping
from typing import Any

from joserfc.jwk import ECKey

from tests import programs
from tests.programs import Done
from tests.rights.prepared import PreparedBroker, PreparedDatabases
from tests.servers.ports import free_port

SERVICE = "reporting"
CHECKS = {"database", "migrations", "broker", "broker-rights", "queues", "bindings", "clock"}


async def test_service_is_looked_at_by_its_own_settings(
    prepared: PreparedBroker, databases: PreparedDatabases
) -> None:
    settings = settings_of(prepared, databases)
    new = await run(settings | {"CADRE_ORIGIN": "https://127.0.0.1:1"}, "doctor", "--json")
    migrated = await run(settings, "migrate")

    seen = await run(settings, "doctor", "--json")

    unready = levels(new)
    assert (new.returncode, migrated.returncode, seen.returncode) == (1, 0, 0), seen.stdout
    ill = ("migrations", "queues", "bindings", "certificate")
    assert {unready[name] for name in ill} == {"wrong"}
    found = levels(seen)
    assert found.keys() >= CHECKS | {"link-key", "issuers", "story", "outbox", "jobs"}
    assert {found[name] for name in CHECKS - {"queues"}} == {"ok"}
    assert (found["queues"], found["story"]) == ("warning", "warning")
    secrets = [value for name, value in settings.items() if "KEY" in name]
    assert not [value for value in secrets if value in seen.stdout + seen.stderr]


async def test_setting_without_which_nothing_starts_is_named_with_what_to_do(
    prepared: PreparedBroker, databases: PreparedDatabases
) -> None:
    settings = settings_of(prepared, databases) | {"CADRE_LINK_KEY": "short"}

    done = await run(settings, "doctor")

    assert done.returncode == 1
    [line] = [one for one in done.stdout.splitlines() if "link-key" in one]
    assert line.startswith("wrong")
    assert "→ set CADRE_LINK_KEY" in line
    assert "Traceback" not in done.stderr


async def test_archive_is_asked_by_a_token_or_not_at_all(
    prepared: PreparedBroker, databases: PreparedDatabases
) -> None:
    settings = settings_of(prepared, databases)
    await run(settings, "migrate")

    without = await run(settings, "doctor", "--after-restore")
    away = await run(settings | {"CADRE_ACCESS_TOKEN": "a-token"}, "doctor", "--after-restore")

    assert (without.returncode, away.returncode) == (1, 1)
    assert "CADRE_ACCESS_TOKEN" in without.stderr
    assert "reporting does not answer" in away.stderr
    assert "a-token" not in away.stderr


def settings_of(prepared: PreparedBroker, databases: PreparedDatabases) -> dict[str, str]:
    """As reporting is told, in an installation of which no api runs."""
    key = ECKey.generate_key("P-256").as_dict(private=False)
    return {
        "CADRE_INSTALLATION": "apart",
        "CADRE_ORIGIN": f"http://127.0.0.1:{free_port()}",
        "CADRE_BROKER_URL": prepared.url_of(SERVICE),
        "CADRE_DATABASE_URL": databases.url_of(SERVICE),
        "CADRE_LINK_KEY": "links".ljust(40, "."),
        "CADRE_ISSUERS": json.dumps([{"name": "urn:cadre:issuer", "key": key}]),
    }


async def run(settings: Mapping[str, str], *command: str) -> Done:
    """Run a command of the service."""
    environment = {**os.environ, **settings}
    program = f"services.{SERVICE}"
    return await asyncio.to_thread(programs.run, program, *command, environment=environment)


def levels(done: Done) -> dict[str, Any]:
    """What each check found."""
    return {one["check"]: one["level"] for one in json.loads(done.stdout)}
