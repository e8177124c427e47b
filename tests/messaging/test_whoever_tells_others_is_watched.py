"""An api that can not tell its other processes of commits any more ends, and is started again."""

import asyncio

import pytest
from fastapi import FastAPI

from shared.messaging.rabbit import RabbitTransport
from shared.messaging.reactions import Reactions
from shared.observing.readiness import Readiness
from shared.process import roles
from shared.service import Service
from tests.messaging.rig import make_context
from tests.servers.ports import free_port


class Forgetful(Exception):
    """Nobody expects it."""


async def test_api_drains_and_ends_when_nobody_is_told_any_more(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forget(*_whom: object) -> None:
        raise Forgetful

    monkeypatch.setattr(roles, "tell", forget)
    context, readiness = make_context("registration", database_url), Readiness()
    nowhere = RabbitTransport("amqp://guest:guest@127.0.0.1:1/")
    service = Service(context, nowhere, Reactions("registration", []), {}, FastAPI())
    context.signals.jobs.set()

    with pytest.raises(Forgetful):
        async with asyncio.timeout(10):
            await roles.run_api(service, FastAPI(), "127.0.0.1", free_port(), readiness)
    await context.database.close()

    assert (await readiness.answer()).status_code == 503
