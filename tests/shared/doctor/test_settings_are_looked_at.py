"""Settings that let a service start and are wrong all the same are seen; none is repeated."""

import json
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from joserfc.jwk import ECKey

from shared.doctor import keys
from shared.doctor.finding import Examined, examine
from shared.process.environment import Environment

KEY = ECKey.generate_key("P-256")
PUBLIC, PRIVATE = KEY.as_dict(private=False), KEY.as_dict(private=True)
NAME = "urn:cadre:issuer"


def trusted(*listed: Mapping[str, Any]) -> dict[str, str]:
    """Issuers as they are set."""
    return {"CADRE_ISSUERS": json.dumps([{"name": NAME, "key": one} for one in listed])}


RIGHT = {
    "CADRE_DATABASE_URL": "postgresql://scheduling:pass-of-database@db/scheduling",
    "CADRE_BROKER_URL": "amqp://scheduling:pass-of-broker@mq/cadre",
    "CADRE_ORIGIN": "https://cadre.example",
    "CADRE_INSTALLATION": "cadre",
    "CADRE_LINK_KEY": "k9" * 20,
    **trusted(PUBLIC),
}
OWN = {"CADRE_ISSUER": NAME, "CADRE_ISSUER_KEY": json.dumps(PRIVATE)}
STORY = {"CADRE_STORY": "2018-03-01T08:00Z"}


async def seen(values: Mapping[str, str]) -> dict[str, Examined]:
    """What is found, by check."""
    return {one.check: one for one in await examine("settings", keys.checks_of(values))}


async def test_settings_in_order_are_said_to_be_so() -> None:
    found = await seen(RIGHT)

    assert {one.level for one in found.values()} == {"ok"}
    assert not [one for one in found.values() if "pass-of" in one.words + one.remedy]


@pytest.mark.parametrize(
    ("changed", "check", "level"),
    [
        ({"CADRE_DATABASE_URL": "mysql://db/x"}, "addresses", "wrong"),
        ({"CADRE_BROKER_URL": ""}, "addresses", "wrong"),
        ({"CADRE_ORIGIN": ""}, "addresses", "wrong"),
        ({"CADRE_ORIGIN": "http://cadre.example"}, "addresses", "warning"),
        ({"CADRE_LINK_KEY": ""}, "link-key", "wrong"),
        ({"CADRE_LINK_KEY": "too-short"}, "link-key", "wrong"),
        ({"CADRE_LINK_KEY": "too-short\n" + "k9" * 20}, "link-key", "wrong"),
        ({"CADRE_ISSUERS": "{"}, "issuers", "wrong"),
        ({"CADRE_ISSUERS": "[]"}, "issuers", "wrong"),
        ({"CADRE_ISSUERS": '[{"name": "x", "key": {}}]'}, "issuers", "wrong"),
        (trusted({**PUBLIC, "exp": int(time.time()) - 60}), "issuers", "wrong"),
        (trusted({**PUBLIC, "exp": int(time.time()) + 86400}), "issuers", "warning"),
        (trusted(PRIVATE), "issuers", "warning"),
        (OWN, "local-issuer", "warning"),
        (STORY, "local-issuer", "warning"),
        ({**OWN, **STORY}, "local-issuer", "ok"),
        (
            {**OWN, **STORY, **trusted(ECKey.generate_key("P-256").as_dict(private=False))},
            "local-issuer",
            "wrong",
        ),
    ],
)
async def test_setting_that_is_wrong_is_seen(
    changed: Mapping[str, str], check: str, level: str
) -> None:
    found = await seen({**RIGHT, **changed})

    assert found[check].level == level
    assert bool(found[check].remedy) == (level != "ok")


@pytest.mark.parametrize(
    ("key", "present", "before"),
    [
        ("k9" * 20, "k9" * 20, []),
        ("new" * 20 + "\n\n " + "old" * 20, "new" * 20, ["old" * 20]),
        ("wrapped-" * 8 + "\nlast-line", "wrapped-" * 8, ["wrapped-" * 8 + "\nlast-line"]),
    ],
    ids=["alone", "above the one it follows", "of two lines once"],
)
async def test_what_was_made_by_a_key_below_the_present_one_still_opens(
    key: str, present: str, before: Sequence[str]
) -> None:
    values = {**RIGHT, "CADRE_LINK_KEY": key}

    settings = Environment(values).settings()

    assert settings.link_key == present.encode()
    assert {one.encode() for one in before} <= {*settings.former_link_keys}
    assert ("still hold" in (await seen(values))["link-key"].words) == bool(before)


async def test_file_of_a_secret_that_everybody_may_read_is_seen(tmp_path: Path) -> None:
    secret, folder = tmp_path / "link_key", tmp_path / "settings"
    secret.write_text("k9" * 20)
    folder.mkdir()
    (folder / "CADRE_SMS_KEY").write_text("key")
    values = {**RIGHT, "CADRE_LINK_KEY_FILE": str(secret), "CADRE_SETTINGS": str(folder)}
    for path in (secret, folder / "CADRE_SMS_KEY"):
        path.chmod(0o640)

    closed = (await seen(values))["key-files"]
    (folder / "CADRE_SMS_KEY").chmod(0o644)
    opened = (await seen(values))["key-files"]
    secret.unlink()
    missing = (await seen(values))["key-files"]

    assert (closed.level, opened.level, missing.level) == ("ok", "warning", "wrong")
    assert "CADRE_SMS_KEY" in opened.words


async def test_certificates_and_what_a_container_was_given_are_open_to_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CADRE_SMS_KEY", "CADRE_DATABASE_CA"):
        (tmp_path / name).write_text("text")
        (tmp_path / name).chmod(0o444)
    files = {"CADRE_BROKER_CA_FILE": str(tmp_path / "CADRE_DATABASE_CA")}
    values = {**RIGHT, **files, "CADRE_SETTINGS": str(tmp_path)}
    mounted = SimpleNamespace(f_flag=os.ST_RDONLY | os.ST_NOSUID)

    anywhere = (await seen(values))["key-files"]
    monkeypatch.setattr(os, "statvfs", lambda _path: mounted)
    in_a_container = (await seen(values))["key-files"]

    assert anywhere.words == "everybody may read CADRE_SMS_KEY"
    assert in_a_container.level == "ok"
