"""What the compose file promises, held where there is no container engine as well."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from deploy.compose.chosen import secret_names
from shared.contracts.listeners import LISTENERS
from shared.process.environment import Environment
from tests.containers.composed import (
    COMMANDS,
    ROOT,
    defaults,
    is_one_shot,
    read,
    services,
    services_beside_own_servers,
)

pytestmark = pytest.mark.gate
IMAGES = {"nginx:stable", "postgres:17", "rabbitmq:4-management"}
OURS = {*(f"cadre-{service}" for service in LISTENERS), "cadre-administration"}
FORWARDED = re.compile(r"X-Forwarded-For ([^;]+);")
Listed = Callable[[], Mapping[str, Mapping[str, Any]]]
WHEREVER_SERVERS_ARE = pytest.mark.parametrize("listed", [services, services_beside_own_servers])
WRITTEN_TO = {"settings", "sample", "backup"}
"""What prepares the volume of the sample, and what writes back-ups."""


def test_every_service_has_its_three_roles_and_its_migration() -> None:
    roles = {f"{one}-{role}" for one in LISTENERS for role in ("api", "worker", "relay", "migrate")}

    assert roles <= set(services())


def test_only_the_proxy_is_published_and_on_loopback_unless_told_otherwise() -> None:
    published = {name: one["ports"] for name, one in services().items() if "ports" in one}

    assert published == {"proxy": ["${CADRE_PUBLISH:-127.0.0.1:8080}:8080"]}


def test_whatever_stays_says_whether_it_is_healthy() -> None:
    staying = {name for name in services() if not is_one_shot(name) and name not in COMMANDS}

    silent = {name for name in staying if "test" not in services()[name].get("healthcheck", {})}

    assert len(staying) == 16
    assert not silent


@WHEREVER_SERVERS_ARE
def test_somebody_waits_for_whatever_ends(listed: Listed) -> None:
    waited_for = {
        name
        for one in listed().values()
        if "profiles" not in one
        for name, how in one.get("depends_on", {}).items()
        if how["condition"] == "service_completed_successfully"
    }

    assert waited_for == {name for name in listed() if is_one_shot(name)}


@WHEREVER_SERVERS_ARE
def test_nothing_starts_before_settings_were_checked(listed: Listed) -> None:
    before: dict[str, set[str]] = {}

    def waits_for(name: str) -> set[str]:
        if name not in before:
            direct = set(listed()[name].get("depends_on", {})) & set(listed())
            before[name] = direct.union(*map(waits_for, direct))
        return before[name]

    unchecked = {name for name in listed() if "settings" not in waits_for(name)}

    assert unchecked == {"settings", "sample", *COMMANDS}


def test_no_secret_has_a_default() -> None:
    found = {
        variable: default
        for one in services().values()
        for value in one.get("environment", {}).values()
        for variable, default in defaults(str(value))
    }

    assert set(secret_names()) <= set(found)
    assert {name: text for name, text in found.items() if name in secret_names() and text} == {}
    assert not {name for name, text in found.items() if text and name.endswith(("KEY", "WORD"))}


def test_each_service_is_told_no_secret_of_another() -> None:
    for service in LISTENERS:
        others = [f"_{other.upper()}" for other in LISTENERS if other != service]
        for role in ("api", "worker", "relay", "migrate"):
            told = services()[f"{service}-{role}"]["environment"]

            variables = {name for text in told.values() for name, _ in defaults(str(text))}

            assert not {name for name in variables if name.endswith(tuple(others))}
            assert told["CADRE_OPERATIONS"] == "0.0.0.0:9100"


def test_containers_of_ours_can_do_nothing_but_their_work() -> None:
    for name, one in services().items():
        if one["image"].partition(":")[0] in OURS or name == "proxy":
            assert one["read_only"] is True, name
            assert one["cap_drop"] == ["ALL"], name
            assert one["security_opt"] == ["no-new-privileges:true"], name
            writable = {volume for volume in one["volumes"] if not volume.endswith(":ro")}
            assert name in WRITTEN_TO or writable <= {"mailbox:/var/lib/cadre"}, name


def test_everything_has_a_bound() -> None:
    for name, one in services().items():
        assert one["deploy"]["resources"]["limits"]["memory"], name
        assert one["logging"]["options"]["max-size"], name


def test_images_are_those_we_make_and_three_more() -> None:
    images = {one["image"] for one in services().values()}

    assert {one.partition(":")[0] for one in images - IMAGES} == OURS
    assert images > IMAGES


def test_servers_are_reached_from_inside_alone() -> None:
    assert read()["networks"]["back"]["internal"] is True
    for name in ("postgres", "rabbitmq"):
        assert services()[name]["networks"] == ["back"]


def test_the_proxy_is_believed_and_what_visitors_claim_is_not_passed_on() -> None:
    nginx = (ROOT / "deploy/nginx/nginx.conf").read_text()
    before_it = read("deploy/compose/behind.yml")["services"]["proxy"]["volumes"]

    for service in LISTENERS:
        told = services()[f"{service}-api"]["environment"]["CADRE_PROXIES"]
        assert told == "${CADRE_PROXIES:-10.0.0.0/8,172.16.0.0/12,192.168.0.0/16}"
        ((_, default),) = defaults(told)
        assert Environment({"CADRE_PROXIES": default}).proxies
    assert FORWARDED.findall(nginx) == ["$remote_addr"]
    assert before_it == ["./deploy/nginx/behind.conf:/etc/nginx/listen.d/behind.conf:ro"]


def test_mailbox_and_sample_exist_in_the_sample_alone() -> None:
    with_profile = {name: one["profiles"] for name, one in services().items() if "profiles" in one}

    assert with_profile == {
        "sample": ["demo"],
        "mailbox": ["demo"],
        "demo": ["play"],
        "new-settings": ["new"],
        "backup": ["backup"],
    }
    assert services()["settings"]["depends_on"]["sample"]["required"] is False


def test_servers_may_be_elsewhere() -> None:
    left_out = {name for name, one in read("deploy/compose/external.yml")["services"].items()}

    insisting = {
        name
        for name, one in services().items()
        for server, how in one.get("depends_on", {}).items()
        if server in left_out and how.get("required", True)
    }

    assert left_out == {"postgres", "rabbitmq"}
    assert not insisting


def test_files_beside_the_first_are_named_once_and_not_at_every_command() -> None:
    readme = (ROOT / "deploy/README.md").read_text()
    beside = {f"deploy/compose/{one.name}" for one in (ROOT / "deploy/compose").glob("*.yml")}

    assert {one for one in beside if one not in readme} == set()
    assert "`COMPOSE_FILE=docker-compose.yml:deploy/compose/https.yml`" in readme
    assert "docker compose -f" not in readme
