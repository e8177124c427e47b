"""`python -m services outsider …`: by the process that serves, or directly where nothing does."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.__main__ import main
from services.embedded.installation import make_installation
from services.embedded.operating import operator
from tests.services.embedded.served import command, served, token

SENDS = "external.nomination.submitted.v1,external.attendance.recorded.v1"
RECEIVES = "registration.nomination.confirmed.v1"
PARTY = {"party": "JO", "kind": "country", "names": {"en": "Jordan"}}
OFFICER = {
    "party": "JO",
    "names": [{"script": "Latn", "given": "Made", "family": "Up", "on_passport": True}],
    "sex": "female",
    "language": "en",
}


def does(folder: Path, *words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Run a command in this process; exit code, what it printed, what it complained of."""
    capsys.readouterr()
    code = main(["--log-level", "WARNING", "outsider", *words, "--data", str(folder)])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation that nothing serves, with one party."""
    folder = tmp_path / "installation"

    async def register_a_party() -> None:
        async with operator(make_installation(folder, None)) as client:
            answer = await client.post("/registration/parties", json=PARTY)
            assert answer.status_code == 201, answer.text

    asyncio.run(register_a_party())
    return folder


def test_system_is_added_shown_and_changed_and_its_key_is_printed_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    types = ("--sends", SENDS, "--receives", RECEIVES)

    code, added, _ = does(folder, "add", "jo-hr", "--party", "JO", *types, capsys=capsys)
    _, shown, _ = does(folder, "show", "jo-hr", capsys=capsys)
    _, rotated, _ = does(folder, "rotate", "jo-hr", capsys=capsys)
    _, listed, _ = does(folder, "list", capsys=capsys)

    assert code == 0
    assert added.splitlines()[:5] == [
        "jo-hr takes part",
        "  speaks for  JO",
        "  sends       external.attendance.recorded.v1",
        "              external.nomination.submitted.v1",
        "  receives    registration.nomination.confirmed.v1",
    ]
    keys = [word for text in (added, rotated) for word in text.split() if word[:6] == "jo-hr."]
    assert len({*keys}) == 2
    assert "jo-hr." not in shown + listed
    assert "password" not in added
    assert listed == "jo-hr                 active     JO\n"


def test_scripts_read_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*words: str) -> Any:
        code, printed, complained = does(folder, *words, "--json", capsys=capsys)
        assert code == 0, complained
        return json.loads(printed)

    added = said("add", "jo-hr", "--party", "JO", "--receives", RECEIVES)
    described = said("describe", "jo-hr", "--sends", SENDS)
    states = [said(change, "jo-hr")["state"] for change in ("suspend", "resume", "remove")]

    assert added["key"].startswith("jo-hr.")
    assert (described["receives"], len(described["sends"])) == ([RECEIVES], 2)
    assert states == ["suspended", "active", "removed"]
    assert [one["outsider"] for one in said("list")] == ["jo-hr"]


def test_what_it_calls_an_officer_is_said_listed_and_taken_back(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    officer = registers_an_officer(folder)
    does(folder, "add", "jo-hr", "--party", "JO", capsys=capsys)

    said = does(folder, "alias", "jo-hr", "officer", "EMP-1", officer, capsys=capsys)
    again = does(folder, "alias", "jo-hr", "officer", "EMP-1", officer, capsys=capsys)
    listed = does(folder, "aliases", "jo-hr", capsys=capsys)
    ended = does(folder, "unalias", "jo-hr", "officer", "EMP-1", capsys=capsys)
    nobody = does(folder, "unalias", "jo-hr", "activity", "EMP-1", capsys=capsys)

    assert said == listed == (0, f"officer   JO    EMP-1  →  {officer}\n", "")
    assert (again[0], nobody[0]) == (1, 1)
    assert again[2] == "services: This reference is taken\n"
    assert ended == (0, "officer   JO    EMP-1  →  nobody any more\n", "")


def registers_an_officer(folder: Path) -> str:
    """An officer of the party; their id."""

    async def register() -> str:
        async with operator(make_installation(folder, None)) as client:
            answer = await client.post("/registration/persons", json=OFFICER)
            assert answer.status_code == 201, answer.text
            return str(answer.json()["id"])

    return asyncio.run(register())


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("add", "jo-hr", "--party", "ZZ"), "This party is not registered: parties.0"),
        (("add", "JO-HR", "--party", "JO"), "Some fields are not as they should be: outsider"),
        (
            ("add", "jo-hr", "--party", "JO", "--sends", "external.a.b.v1"),
            "No service takes this event type: sends.0",
        ),
        (("show", "no-one"), "There is no such thing"),
        (("rotate", "../parties"), "There is no such thing"),
        (("remove", "no-one"), "There is no such thing"),
    ],
)
def test_what_is_not_done_is_said_in_words(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], complaint: str
) -> None:
    code, printed, complained = does(folder, *words, capsys=capsys)

    assert (code, printed, complained) == (1, "", f"services: {complaint}\n")


async def test_key_opens_the_feed_of_the_process_that_serves(tmp_path: Path) -> None:
    folder = tmp_path / "installation"
    async with served(folder) as server, httpx.AsyncClient(base_url=server.origin) as client:
        admin = {"Authorization": f"Bearer {token(folder, 'admin')}"}
        await client.post("/registration/parties", json=PARTY, headers=admin)
        words = ("outsider", "add", "jo-hr", "--party", "JO", "--receives", RECEIVES, "--json")

        code, printed, complained = await command(*words, "--data", str(folder))

        assert code == 0, complained
        bearer = {"Authorization": f"Bearer {json.loads(printed)['key']}"}
        async with asyncio.timeout(20):
            while (answer := await client.get("/feed", headers=bearer)).status_code == 401:
                await asyncio.sleep(0.1)
    assert answer.json() == {"items": [], "next": "beginning"}
