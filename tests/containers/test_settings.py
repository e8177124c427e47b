"""Settings of an installation in containers: nothing starts on what nobody chose."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from deploy.compose.__main__ import main
from deploy.compose.chosen import SERVICES, begun, secret_names
from shared.process.environment import Environment

KNOWN_BY_PEOPLE = {
    "CADRE_ISSUERS": "[]",
    "CADRE_SENDER": "Training <training@example.org>",
    "CADRE_SMTP_HOST": "mail.example.org",
    "CADRE_SMS_URL": "https://sms.example.org",
    "CADRE_SMS_KEY": "key",
}


def test_new_settings_want_only_what_people_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = a_new_installation()

    before, after = checked(new, tmp_path), checked({**new, **KNOWN_BY_PEOPLE}, tmp_path)

    said = capsys.readouterr().err
    assert (before, after) == (1, 0)
    assert all(f"{name} is not set" in said for name in KNOWN_BY_PEOPLE)
    assert "PASSWORD" not in said.replace("_USER, _PASSWORD", "")


def test_secrets_nobody_chose_are_named_and_not_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {
        "CADRE_POSTGRESQL_PASSWORD": "postgres",
        "CADRE_LINK_KEY_REPORTING": "short",
        "CADRE_BROKER_PASSWORD_REGISTRATION": "one-that-is-there-twice",
        "CADRE_BROKER_PASSWORD_SCHEDULING": "one-that-is-there-twice",
    }

    code = checked({**a_new_installation(), **KNOWN_BY_PEOPLE, **wrong}, tmp_path)

    said = capsys.readouterr().err
    assert code == 1
    assert "CADRE_POSTGRESQL_PASSWORD is what anybody would try first" in said
    assert "CADRE_LINK_KEY_REPORTING is shorter than 32 characters" in said
    assert "CADRE_BROKER_PASSWORD_SCHEDULING is the same as another" in said
    assert not [text for text in ("one-that", "short\n") if text in said]


def test_key_of_links_is_as_long_as_a_service_wants_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long_for_a_password = {
        "CADRE_LINK_KEY_REPORTING": "thirty-one-characters-and-no-mo",
        "CADRE_DATABASE_PASSWORD_REPORTING": "sixteen-of-them.",
    }

    code = checked({**a_new_installation(), **KNOWN_BY_PEOPLE, **long_for_a_password}, tmp_path)

    said = capsys.readouterr().err
    assert code == 1
    assert "CADRE_LINK_KEY_REPORTING is shorter than 32 characters" in said
    assert "CADRE_DATABASE_PASSWORD" not in said


def test_every_installation_has_secrets_of_its_own() -> None:
    first, second = a_new_installation(), a_new_installation()

    assert len({first[name] for name in secret_names()}) == len(secret_names())
    assert not {first[name] for name in secret_names()} & {second[name] for name in secret_names()}


def test_sample_has_all_it_needs_and_is_made_once(tmp_path: Path) -> None:
    write(tmp_path)
    secret = tmp_path / "reporting" / "CADRE_LINK_KEY"
    before = secret.read_text()

    write(tmp_path, port=9000)

    assert checked(told_of_a_sample(tmp_path), tmp_path) == 0
    assert secret.read_text() == before
    assert (tmp_path / "all" / "CADRE_ORIGIN").read_text() == "http://localhost:9000"
    for service in SERVICES:
        own = {"CADRE_SETTINGS": f"{tmp_path / service}:{tmp_path / 'all'}"}
        settings = Environment(own).settings()
        assert settings.story
        assert (Environment(own).issuer() is not None) == (service == "registration")


def test_sample_that_nobody_asked_for_is_not_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path)

    asked_for = checked(told_of_a_sample(tmp_path), tmp_path)
    left_behind = checked(told_of_a_sample(tmp_path), tmp_path)

    assert (asked_for, left_behind) == (0, 1)
    assert "docker compose --profile demo down --volumes" in capsys.readouterr().err


def test_sample_is_not_mixed_with_an_installation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path)

    code = checked({**a_new_installation(), **told_of_a_sample(tmp_path)}, tmp_path)

    assert code == 1
    assert "the sample takes no settings but its own" in capsys.readouterr().err


def told_of_a_sample(folder: Path) -> dict[str, str]:
    """Where those of a sample are."""
    folders = (str(folder / one) for one in ("servers", "notifications", "all"))
    return {"CADRE_SETTINGS": ":".join(folders)}


def a_new_installation() -> dict[str, str]:
    """The settings that a `.env` begins with."""
    lines = begun("https://training.example.org", "amman").splitlines()
    return dict(line.split("=", 1) for line in lines if not line.startswith("#"))


def checked(values: Mapping[str, str], folder: Path) -> int:
    """The exit code of the check."""
    return main(["check", str(folder)], values)


def write(folder: Path, port: int = 8080) -> None:
    """Write a sample, as its one-shot does."""
    assert main(["sample", str(folder), "--published", f"127.0.0.1:{port}"], {}) == 0
