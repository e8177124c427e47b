"""A certificate that nobody trusts, or that is about to end, is seen."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from shared.doctor import certificates
from tests.encryption.authority import Authority
from tests.servers.ports import free_port

OURS, STRANGERS = Authority("An authority of our own"), Authority("Somebody else")


@pytest_asyncio.fixture
async def server(tmp_path: Path) -> AsyncIterator[str]:
    """A server that shows a certificate of ours for localhost, which ends tomorrow."""
    certified = OURS.certified("localhost", tmp_path)
    listening = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0, ssl=certified)
    yield f"amqps://localhost:{listening.sockets[0].getsockname()[1]}/cadre"
    listening.close()


async def test_certificate_is_said_to_last_or_to_end_soon(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_soon = await certificates.lasts(server, OURS.pem)
    monkeypatch.setattr(certificates, "SOON", 3600)

    lasting = await certificates.lasts(server, OURS.pem)

    assert (ends_soon.level, ends_soon.remedy, lasting.level) == ("warning", "renew it", "ok")


async def test_certificate_of_a_stranger_or_for_another_name_is_wrong(server: str) -> None:
    by_another_name = server.replace("localhost", "127.0.0.1")

    found = [
        await certificates.lasts(server, STRANGERS.pem),
        await certificates.lasts(server),
        await certificates.lasts(by_another_name, OURS.pem),
    ]

    assert [one.level for one in found] == ["wrong"] * 3
    assert "not trusted" in found[0].words


async def test_server_that_shows_none_is_wrong() -> None:
    found = await certificates.lasts(f"https://127.0.0.1:{free_port()}")

    assert (found.level, "shows no certificate" in found.words) == ("wrong", True)
