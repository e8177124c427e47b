"""One folder, one process, one origin: what an operator does with an embedded installation."""

import asyncio
import sqlite3
import sys
from pathlib import Path

import httpx
import pytest
from joserfc import jws

from tests.servers.ports import free_port
from tests.services.embedded.served import ROOT, STORY, command, served, token


async def test_token_prints_a_bearer_token_and_nothing_else(tmp_path: Path) -> None:
    arguments = ("token", "--data", str(tmp_path), "--role", "focal_point", "--party", "JO")

    code, printed, complained = await command(*arguments)

    claims = jws.extract_compact(printed.strip().encode()).payload
    assert (code, len(printed.splitlines()), complained) == (0, 1, "")
    assert b'"sub":"focal_point-JO"' in claims
    assert b'"party":"JO"' in claims


async def test_every_service_answers_below_one_origin(tmp_path: Path) -> None:
    async with served(tmp_path) as one, httpx.AsyncClient(base_url=one.origin) as client:
        answers = {
            path: (await client.get(path)).status_code
            for name in ("registration", "scheduling", "notifications", "reporting")
            for path in (f"/{name}/openapi.json", f"/{name}/docs", f"/{name}/health/ready")
        }
        others = [
            (await client.get(path)).status_code
            for path in ("/", "/events", "/events/asyncapi.json", "/health/live", "/health/ready")
        ]

    assert set(answers.values()) == {200}
    assert set(others) == {200}


async def test_operations_address_stands_apart_from_the_products(tmp_path: Path) -> None:
    at = f"127.0.0.1:{free_port()}"
    async with served(tmp_path, "--operations", at) as one, httpx.AsyncClient() as client:
        ready = await client.get(f"http://{at}/health/ready")
        product = await client.get(f"http://{at}/registration/openapi.json")
        code, _, complained = await command(
            *("serve", "--data", str(tmp_path / "other"), "--port", str(free_port())),
            *("--operations", at),
        )

    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})
    assert product.status_code == 404
    assert (code, one.process.returncode) == (1, 0)
    assert "Address already in use" in complained


async def test_a_folder_is_served_by_one_process_only(tmp_path: Path) -> None:
    async with served(tmp_path):
        code, _, complained = await command("serve", "--data", str(tmp_path), "--port", "1")

    assert code == 1
    assert "Another process serves this data folder" in complained


async def test_dead_letters_are_reached_whether_or_not_the_folder_is_served(
    tmp_path: Path,
) -> None:
    async with served(tmp_path):
        await command("deadletters", "--data", str(tmp_path), "list")
    letter = park_a_letter(tmp_path)

    unserved = await command("deadletters", "--data", str(tmp_path), "list")
    async with served(tmp_path):
        listed = await command("deadletters", "--data", str(tmp_path), "list")
        discarded = await command("deadletters", "--data", str(tmp_path), "discard", letter)
        gone = await command("deadletters", "--data", str(tmp_path), "show", letter)

    assert letter in unserved[1]
    assert unserved[1] == listed[1]
    assert discarded[0] == 0
    assert gone[0] == 1


async def test_facts_are_stated_anew_while_nothing_serves_the_folder_and_travel_when_something_does(
    tmp_path: Path,
) -> None:
    announcing = ("announce", "--data", str(tmp_path), "registration", "party")
    jordan = {"party": "JO", "kind": "country", "names": {"en": "Jordan"}}
    async with served(tmp_path) as one, httpx.AsyncClient(base_url=one.origin) as client:
        bearer = {"Authorization": f"Bearer {token(tmp_path, 'admin')}"}
        made = await client.post("/registration/parties", headers=bearer, json=jordan)
        refused = await command(*announcing)

    announced = await command(*announcing)
    async with served(tmp_path) as one, httpx.AsyncClient(base_url=one.origin) as client:
        async with asyncio.timeout(20):
            while not await party_was_stated(client, tmp_path):
                await asyncio.sleep(0.1)

    assert made.status_code == 201
    assert refused[0] == 1
    assert "Another process serves this data folder" in refused[2]
    assert announced[:2] == (0, "registration: party, 1 stated anew\n")


async def test_operator_reaches_an_installation_whatever_its_public_address(tmp_path: Path) -> None:
    async with served(tmp_path, "--origin", "https://cadre.example", "--host", "0.0.0.0"):
        code, _, complained = await command("deadletters", "--data", str(tmp_path), "list")

    assert (code, complained) == (0, "")


async def test_token_that_no_service_would_take_is_not_made(tmp_path: Path) -> None:
    arguments = ("token", "--data", str(tmp_path), "--role", "focal_point", "--party", "J" * 21)

    code, printed, complained = await command(*arguments)

    assert (code, printed) == (1, "")
    assert "party" in complained


@pytest.mark.parametrize(("name", "unneeded"), [("token", "fastapi"), ("deadletters", "alembic")])
async def test_command_loads_only_what_it_needs(name: str, unneeded: str) -> None:
    load = f"import sys, services.__main__, services.embedded.commands.{name}; "
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", f"{load}sys.exit({unneeded!r} in sys.modules)", cwd=ROOT
    )

    assert await process.wait() == 0


async def test_a_folder_without_an_installation_is_refused(tmp_path: Path) -> None:
    code, _, complained = await command("deadletters", "--data", str(tmp_path / "x"), "list")

    assert code == 1
    assert "no installation" in complained


async def test_only_a_story_installation_has_a_story_personas_and_a_public_mailbox(
    tmp_path: Path,
) -> None:
    async with (
        served(tmp_path / "real") as real,
        served(tmp_path / "story", *STORY) as story,
        httpx.AsyncClient() as client,
    ):
        bearer = {"Authorization": f"Bearer {token(real.folder, 'admin')}"}
        paths = ("/mailbox/messages", "/registration/story")
        real_answers = [(await client.get(f"{real.origin}{path}")) for path in paths]
        real_personas = await client.post(f"{real.origin}/personas", headers=bearer, json={})
        real_admin = await client.get(f"{real.origin}/mailbox/messages", headers=bearer)
        story_answer = await client.get(f"{story.origin}/mailbox/messages")

    assert [answer.status_code for answer in real_answers] == [401, 404]
    assert real_personas.status_code == 404
    assert real_admin.status_code == 200
    assert story_answer.status_code == 200


async def test_a_persona_link_signs_in_once(tmp_path: Path) -> None:
    async with served(tmp_path, *STORY) as one, httpx.AsyncClient(base_url=one.origin) as client:
        bearer = {"Authorization": f"Bearer {token(tmp_path, 'admin')}"}
        persona = {"role": "auditor"}
        made = await client.post("/personas", headers=bearer, json=persona)
        link = made.json()["link"]
        first = await client.get(link)
        signed_in = await client.get("/reporting/archive/figures")
        second = await client.get(link)

    assert (made.status_code, first.status_code, second.status_code) == (201, 303, 410)
    assert "HttpOnly" in first.headers["set-cookie"]
    assert signed_in.status_code == 200


async def test_a_focal_point_can_not_make_personas(tmp_path: Path) -> None:
    async with served(tmp_path, *STORY) as one, httpx.AsyncClient(base_url=one.origin) as client:
        bearer = {"Authorization": f"Bearer {token(tmp_path, 'focal_point')}"}
        refused = await client.post("/personas", headers=bearer, json={"role": "admin"})
        unknown = await client.post("/personas", json={"role": "admin"})

    assert (refused.status_code, unknown.status_code) == (403, 401)


async def test_an_installation_stopped_by_a_signal_has_drained(tmp_path: Path) -> None:
    async with served(tmp_path) as one:
        pass

    assert one.process.returncode == 0


async def test_nobody_else_on_the_machine_reads_the_files_of_an_installation(
    tmp_path: Path,
) -> None:
    async with served(tmp_path / "one") as one:
        files = [path for path in one.folder.rglob("*") if path.is_file()]
        open_to_others = [path.name for path in files if path.stat().st_mode & 0o077]

    assert len(files) > 10
    assert open_to_others == []


def park_a_letter(folder: Path) -> str:
    """Put an event aside in scheduling, as a failing handler would have; its id."""
    identity = "01890a5d-ac96-774b-bcce-b302099a8057"
    columns = "id, consumer, source, event_id, type, body, digest, state, reason, error, attempt"
    values = (identity, "scheduling", "urn:x", "1", "registration.seat.freed.v1", b"{}", "d")
    row = (*values, "parked", "failed", "ValueError", 8, *["2018-03-01T08:00:00.000000Z"] * 2)
    connection = sqlite3.connect(folder / "scheduling.sqlite")
    with connection:
        marks = ", ".join("?" * len(row))
        connection.execute(
            f"INSERT INTO deferred ({columns}, due_at, first_at) VALUES ({marks})", row
        )
    connection.close()
    return identity


async def party_was_stated(client: httpx.AsyncClient, folder: Path) -> bool:
    """Whether reporting has taken in what was stated of a party."""
    bearer = {"Authorization": f"Bearer {token(folder, 'auditor')}"}
    figures = (await client.get("/reporting/figures", headers=bearer)).json()
    return bool(figures["taken_in"]["reporting"]["registration.party.stated.v1"] == 1)
