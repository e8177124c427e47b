"""The course with every service in processes of its own, on RabbitMQ and PostgreSQL."""

import asyncio
from pathlib import Path

import pytest

from tests.journeys.apart.processes import services_apart
from tests.played import Played, play_the_course, without_seconds
from tests.servers.broker import Broker


@pytest.mark.timeout(600)
async def test_services_apart_play_the_same_course(
    played_course: Played, postgresql: str, rabbitmq: Broker, tmp_path: Path
) -> None:
    async with services_apart(postgresql, rabbitmq, tmp_path) as installation:
        token = installation.run("registration", "token", "--role", "admin")
        options = ("--origin", installation.origin, "--admin-token", token)
        account = await asyncio.to_thread(play_the_course, *options)

    assert without_seconds(account) == without_seconds(played_course.account)
