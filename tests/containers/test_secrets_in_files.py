"""Every secret of an installation in containers may be a file, and reaches whoever asks for it."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from deploy.compose.chosen import secret_names
from tests.containers.composed import ROOT, defaults, read, services

pytestmark = pytest.mark.gate
OF_PROVIDERS = ("CADRE_SMTP_PASSWORD", "CADRE_SMTP_INQUIRY_KEY", "CADRE_SMS_KEY")
SECRETS = {*secret_names(), *OF_PROVIDERS}
OF_THE_SAMPLE = {"mailbox", "sample", "demo", "new-settings"}
"""It has secrets of its own, or none."""


def test_every_secret_is_a_file_of_one_folder() -> None:
    found = read("deploy/compose/secrets.yml")["secrets"]

    assert set(found) == SECRETS
    assert all(one["file"].startswith("${CADRE_SECRETS") for one in found.values())
    assert all(one["file"].endswith(f"}}/{name}") for name, one in found.items())


def test_whoever_may_be_told_a_secret_may_be_told_by_a_file() -> None:
    in_files = read("deploy/compose/secrets.yml")["services"]

    for name, one in services().items():
        if name not in OF_THE_SAMPLE:
            asked = _asked_for(one.get("environment", {}))
            assert asked == _given(in_files.get(name, {})), name


def test_containers_look_for_secrets_where_compose_puts_them() -> None:
    for name in read("deploy/compose/secrets.yml")["services"]:
        folders = services()[name].get("environment", {}).get("CADRE_SETTINGS")
        folders = folders or services()[name]["entrypoint"][2]

        assert "/run/secrets" in folders.split(":"), name


def test_a_server_is_told_what_the_files_of_all_folders_say(tmp_path: Path) -> None:
    for folder, text in (("sample", "one two\n"), ("secrets", "a:b$c")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"OF_{folder.upper()}").write_text(text)
    folders = f"{tmp_path / 'sample'}:{tmp_path / 'nowhere'}:{tmp_path / 'secrets'}"

    command = ["sh", str(ROOT / "deploy/compose/with-settings"), folders, "env"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()

    assert {"OF_SAMPLE=one two", "OF_SECRETS=a:b$c"} <= set(told)


def _asked_for(environment: Mapping[str, str]) -> dict[str, str]:
    """Each setting that is a secret, and which."""
    return {
        setting: variable
        for setting, value in environment.items()
        for variable, _ in defaults(str(value))
        if variable in SECRETS
    }


def _given(one: Mapping[str, list[str | dict[str, str]]]) -> dict[str, str]:
    """Each file that is there, and what stands in it."""
    listed = [
        {"source": each, "target": each} if isinstance(each, str) else each
        for each in one.get("secrets", [])
    ]
    return {each["target"]: each["source"] for each in listed}
