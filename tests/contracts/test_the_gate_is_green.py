"""The contracts of the tree keep to what is committed, and a changed tree is refused."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shared.contracts import CONTRACTS, EXTERNAL, LANGUAGE, PUBLISHERS, decode, decode_external
from shared.contracts.gate import Committed, check
from shared.contracts.meanings import meanings
from shared.contracts.schemas import EXAMPLES, canonical

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.gate
EVERY_TYPE = pytest.mark.parametrize("name", sorted(CONTRACTS))
EVERY_EXTERNAL_TYPE = pytest.mark.parametrize("name", sorted(EXTERNAL))
EVERY_WORD = pytest.mark.parametrize("name", sorted(LANGUAGE))


def test_every_contract_is_as_committed() -> None:
    findings = check(Committed(), LANGUAGE)

    assert not findings, "\n".join(map(str, findings))


@EVERY_TYPE
def test_an_example_is_read_and_says_again_what_it_said(name: str) -> None:
    body = (EXAMPLES / f"{name}.json").read_bytes()

    fact = decode(body, CONTRACTS[name])

    said = fact.event.model_dump(mode="json", exclude_none=True)
    assert (fact.type, fact.partitionkey) == (name, fact.event.partitionkey)
    assert json.loads(body)["data"].items() <= said.items()


@EVERY_TYPE
def test_a_consumer_ignores_fields_it_does_not_know(name: str) -> None:
    sent = json.loads((EXAMPLES / f"{name}.json").read_bytes())
    known = decode(json.dumps(sent).encode(), CONTRACTS[name]).event
    sent["data"]["added_later"] = {"anything": [1, 2]}
    sent["extension"] = "unknown"

    event = decode(json.dumps(sent).encode(), CONTRACTS[name]).event

    assert event == known


@EVERY_EXTERNAL_TYPE
def test_what_another_system_sends_is_read_in_later_minor_versions_too(name: str) -> None:
    sent = json.loads((EXAMPLES / f"{name}.json").read_bytes())
    known = decode_external(json.dumps(sent).encode(), EXTERNAL[name])
    sent["data"]["added_later"] = {"anything": [1, 2]}
    sent["extension"] = "unknown"

    claim = decode_external(json.dumps(sent).encode(), EXTERNAL[name])

    assert (claim.type, claim.id) == (name, sent["id"])
    assert claim.event == known.event


@EVERY_WORD
def test_every_field_says_what_it_means(name: str) -> None:
    event_type = LANGUAGE[name]

    silent = event_type.model_fields.keys() - meanings(event_type).keys()

    assert not silent
    assert event_type.__doc__


def test_committed_schemas_are_in_the_one_spelling() -> None:
    files = sorted(Committed().schemas.glob("*.json"))

    other = [
        file.name for file in files if canonical(json.loads(file.read_text())) != file.read_text()
    ]

    assert files
    assert not other


def test_a_type_is_named_after_its_publisher() -> None:
    strangers = [
        event.type
        for publisher, events in PUBLISHERS.items()
        for event in events
        if not event.type.startswith(f"{publisher}.")
    ]

    assert not strangers


@pytest.mark.parametrize(
    ("module", "before", "after", "place"),
    [
        (
            "nominations",
            "unit: str\n",
            "unit_kind: str\n",
            "registration.nomination.submitted.v1: unit: renamed",
        ),
        (
            "people",
            "    private=True,\n",
            "",
            "registration.person.details_changed.v1: changed in what it",
        ),
        (
            "seats",
            "    link: Secret\n",
            "    link: str\n",
            "registration.seat.offered.v1: link: no secret",
        ),
    ],
)
def test_a_break_in_a_copy_of_the_tree_fails_the_command(
    tmp_path: Path, module: str, before: str, after: str, place: str
) -> None:
    shutil.copytree(ROOT / "shared/contracts", tmp_path / "shared/contracts")
    shutil.copytree(Committed().schemas, tmp_path / "tests/contracts/schemas")
    file = tmp_path / f"shared/contracts/registration/{module}.py"
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))

    done = subprocess.run(
        [sys.executable, "-m", "shared.contracts.gate"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert place in done.stderr
