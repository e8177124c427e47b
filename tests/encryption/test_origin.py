"""An origin that an authority of our own certifies is asked by whoever trusts that."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from shared.doctor import stories
from shared.doctor.archive import Archive, ArchiveIsAway
from shared.process.visiting import at_origin
from tests.encryption.authority import Authority
from tests.services.notifications.channels.scripted_peers import HttpPeer


@pytest_asyncio.fixture
async def origin(authority: Authority, tmp_path: Path) -> AsyncIterator[str]:
    """Where every service says that it has no such thing."""
    shown = authority.certified("localhost", tmp_path)
    peer = HttpPeer(404)
    listening = await asyncio.start_server(peer.converse, "127.0.0.1", 0, ssl=shown)
    yield f"https://localhost:{listening.sockets[0].getsockname()[1]}"
    listening.close()


async def test_origin_is_asked_by_a_machine_that_trusts_its_authority(
    origin: str, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await stories.by_http(origin, "scheduling")

    (tmp_path / "authority.pem").write_text(authority.pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))

    assert (before, await stories.by_http(origin, "scheduling")) == (None, False)
    async with at_origin(origin, seconds=5) as client:
        with pytest.raises(ArchiveIsAway, match="reporting answers 404"):
            _ = [page async for page in Archive(client).pages()]


async def test_origin_that_a_stranger_certifies_is_not_asked(
    origin: str, stranger: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stranger.pem").write_text(stranger.pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "stranger.pem"))

    async with at_origin(origin, seconds=5) as client:
        with pytest.raises(ArchiveIsAway, match="does not answer"):
            _ = [page async for page in Archive(client).pages()]
