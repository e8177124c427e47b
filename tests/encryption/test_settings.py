"""Settings say how servers are reached; half of an encryption is none, and is refused."""

import ssl
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from shared.database.encryption import encryption_of
from shared.process.environment import Environment, SettingIsWrong
from tests.encryption.authority import Authority


def test_password_may_stand_apart_from_its_address(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("a/b@c: d%\n")
    values = {
        "CADRE_DATABASE_URL": "postgresql://registration@db.example:5433/registration",
        "CADRE_DATABASE_PASSWORD_FILE": str(secret),
        "CADRE_BROKER_URL": "amqp://registration:other@mq.example/cadre",
        "CADRE_BROKER_PASSWORD_FILE": str(secret),
    }

    database, broker = Environment(values).database_url, Environment(values).broker_url

    assert make_url(database).password == "a/b@c: d%"
    assert make_url(database).port == 5433
    assert broker == "amqp://registration:a%2Fb%40c%3A%20d%25@mq.example/cadre"


def test_settings_may_be_files_of_folders(tmp_path: Path) -> None:
    for folder in ("own", "all"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "CADRE_ORIGIN").write_text(f"https://{folder}.example\n")
    (tmp_path / "all" / "CADRE_INSTALLATION").write_text("amman")
    folders = {"CADRE_SETTINGS": f"{tmp_path / 'own'}:{tmp_path / 'all'}"}

    found = Environment({**folders, "CADRE_INSTALLATION": " "})

    assert found.text("CADRE_ORIGIN") == "https://own.example"
    assert found.text("CADRE_INSTALLATION") == "amman"
    assert found.maybe("CADRE_STORY") is None
    assert Environment({**folders, "CADRE_ORIGIN": "https://said"}).text("CADRE_ORIGIN") == (
        "https://said"
    )


def test_blank_file_hides_nothing_that_stands_behind_it(tmp_path: Path) -> None:
    for folder, text in (("own", " \n"), ("all", "https://all.example")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "CADRE_ORIGIN").write_text(text)
    folders = {"CADRE_SETTINGS": f"{tmp_path / 'own'}:{tmp_path / 'all'}"}

    found = Environment({**folders, "CADRE_ORIGIN_FILE": "/dev/null"})

    assert found.text("CADRE_ORIGIN") == "https://all.example"


@pytest.mark.parametrize("secret", ["guest", "Change-Me", "postgres1234", "Password!"])
def test_secret_that_anybody_would_try_first_is_refused(secret: str) -> None:
    with pytest.raises(SettingIsWrong, match="CADRE_X is what anybody") as refused:
        Environment({"CADRE_X": secret}).secret("CADRE_X")

    assert secret not in str(refused.value)


def test_authority_without_encryption_is_refused(authority: Authority) -> None:
    trusting = {"CADRE_BROKER_CA": authority.pem, "CADRE_DATABASE_CA": authority.pem}
    in_the_open = Environment({**trusting, "CADRE_BROKER_URL": "amqp://u:p@mq.example/cadre"})
    if_it_likes = "postgresql://u:p@db.example/registration?sslmode=prefer"

    with pytest.raises(SettingIsWrong, match=r"CADRE_BROKER_CA: .*amqps"):
        _ = in_the_open.broker_url
    with pytest.raises(SettingIsWrong, match=r"CADRE_DATABASE_CA: .*verify-full"):
        _ = Environment({**trusting, "CADRE_DATABASE_URL": if_it_likes}).database_url


def test_authorities_of_the_machine_may_be_those_that_count() -> None:
    at = {"CADRE_DATABASE_URL": "postgresql://u:p@db.example/registration"}

    url = Environment({**at, "CADRE_DATABASE_CA": "system"}).database_url
    _, told = encryption_of(make_url(url))

    assert make_url(url).query == {"sslmode": "verify-full", "sslrootcert": "system"}
    assert told["ssl"].check_hostname
    assert told["ssl"].verify_mode is ssl.CERT_REQUIRED


def test_what_is_no_certificate_is_refused() -> None:
    for text in ("no certificate", "-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----"):
        values = {"CADRE_BROKER_CA": text, "CADRE_BROKER_URL": "amqps://u:p@mq.example/cadre"}

        with pytest.raises(SettingIsWrong, match="CADRE_BROKER_CA: there is no certificate"):
            _ = Environment(values).broker_url
